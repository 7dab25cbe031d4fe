"""Pages, bags and archives as people look at them: views, pages of the catalogue, a site of files."""
