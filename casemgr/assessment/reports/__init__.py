"""Reports drafted from the figures with tables and pictures, edited by people, issued with frozen files."""
