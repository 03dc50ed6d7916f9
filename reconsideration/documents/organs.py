"""Names printed on the papers."""

AUTHORITY = "达拉特旗人民政府"
OFFICE = "达拉特旗司法局"
"""The reconsideration office is the department of justice (Reconsideration Law 2023, art. 4(2))."""
COUNTER = "达拉特旗司法局行政复议与应诉办公室"
BASIC_COURT = "达拉特旗人民法院"
INTERMEDIATE_COURT = "鄂尔多斯市中级人民法院"
