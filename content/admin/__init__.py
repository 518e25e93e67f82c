from content.admin import knowledge, pictures, texts

__all__ = ["knowledge", "pictures", "texts"]
