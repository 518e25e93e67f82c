from content.admin import knowledge, texts

__all__ = ["knowledge", "texts"]
