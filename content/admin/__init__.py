from content.admin import knowledge, pictures, texts, translations

__all__ = ["knowledge", "pictures", "texts", "translations"]
