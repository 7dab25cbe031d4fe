"""Bags -> an index that is searched and harvested: one SQLite file, made of the bags and of nothing else.

It touches the world: it reads and writes that one file.
"""

from solander.cataloguing.reading import Catalogue as Catalogue
from solander.cataloguing.tables import CatalogueBroken as CatalogueBroken
from solander.cataloguing.writing import CatalogueWriter as CatalogueWriter
