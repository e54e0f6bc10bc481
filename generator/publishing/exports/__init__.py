"""Files for programs: the list as data, feeds, sitemap."""
