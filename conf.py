"""Sphinx settings. What is about this project's own form of documentation is in docs/_ext."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent
sys.path[:0] = [str(ROOT), str(ROOT / "docs" / "_ext")]

import cheatsheet  # noqa: E402

project = "ML Cheatsheet"
author = "the ML Cheatsheet contributors"
project_copyright = "the ML Cheatsheet contributors. Code: BSD-3-Clause. Text and figures: CC BY 4.0"
release = version = cheatsheet.__version__

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.doctest",
    "sphinx.ext.viewcode",
    "sphinx_gallery.gen_gallery",
    "sphinx_copybutton",
    "sphinx_design",
    "myst_nb",
    "entries",
    "notebooks",
    "katex",
    "hover",
    "page",
    "search_index",
    "bundle",
    "book",
    "reproducible",
]
nitpicky = True
templates_path = ["docs/_templates"]
exclude_patterns = [
    "_*",
    "gallery/index.rst",  # docs/gallery.md stands for it: one figure a topic instead of all at once
    "gallery/*.ipynb",
    "gallery/*.py",
    "gallery/*.json",
    "gallery/*.zip",
    "gallery/*.md5",
]
# The second warning is about spaces in the path of the whole project, which break nothing here.
suppress_warnings = ["config.cache", "sphinx_gallery.space_in_filename"]

add_module_names = False
add_function_parentheses = False
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
toc_object_entries_show_parents = "hide"
trim_doctest_flags = True

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
nb_execution_mode = "cache"
nb_execution_cache_path = str(ROOT / "build" / "notebooks")
nb_execution_raise_on_error = True
nb_merge_streams = True  # what is printed comes in one piece or in several, as time has it
nb_mime_priority_overrides = [("pdf", "image/svg+xml", 1), ("pdf", "text/plain", 2)]
nb_render_image_options = {"classes": "dark-light"}

sphinx_gallery_conf = {
    "examples_dirs": str(ROOT / "gallery"),
    "gallery_dirs": str(ROOT / "docs" / "gallery"),
    "filename_pattern": "/plot_",
    "image_scrapers": ("figures",),
    "reset_modules": ("figures.reset_style",),
    "abort_on_example_error": True,
    "download_all_examples": False,
    "write_computation_times": False,
    "show_memory": False,
    "show_signature": False,
    "min_reported_time": 1e9,
    "remove_config_comments": True,
}

copybutton_prompt_text = r">>> |\.\.\. "
copybutton_prompt_is_regexp = True

html_theme = "sphinx_book_theme"
html_title = project
html_math_renderer = "katex"
html_static_path = ["docs/_static"]
html_css_files = ["site.css", "search.css", "hover.css"]
html_js_files = ["reader.js", "search.js", "hover.js"]
html_favicon = "docs/_static/favicon.svg"
html_context = {"default_mode": ""}  # first.js sets the attribute
html_scaled_image_link = False
html_copy_source = False
html_domain_indices = False
html_show_sourcelink = False
html_show_search_summary = False  # it would fetch every page that is found
html_theme_options = {
    "home_page_in_toc": True,
    "navbar_persistent": [],
    "collapse_navbar": True,  # without it the build time grows with the square of the pages
    "show_toc_level": 2,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "back_to_top_button": False,
    "primary_sidebar_end": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
epub_basename = epub_identifier = epub_uid = "ml-cheatsheet"
epub_description = "A machine-learning glossary you can run"
epub_contributor = author
epub_tocscope = "includehidden"
epub_tocdepth = 2
epub_tocdup = False
epub_show_urls = "no"

if repository := os.environ.get("GITHUB_REPOSITORY"):
    url = f"https://github.com/{repository}"
    html_theme_options["icon_links"] = [{"name": "Repository", "url": url, "icon": "fa-brands fa-github"}]
