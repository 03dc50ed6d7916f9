from django.urls import path

from casemgr.documents.volumes.views import appraising, cases, files, keeping

urlpatterns = [
    path("cases/<int:pk>/volume/", cases.case_volume, name="case_volume"),
    path("cases/<int:pk>/volume/<str:name>/", cases.volume_prepare, name="volume_prepare"),
    path("volumes/", keeping.volume_list, name="volume_list"),
    path("volumes/<int:pk>/", keeping.volume_detail, name="volume_detail"),
    path("volumes/<int:pk>/file/", files.volume_file, name="volume_file"),
    path("volumes/<int:pk>/steps/<str:name>/", keeping.volume_step, name="volume_step"),
    path("volumes/inspections/<int:pk>/file/", files.inspection_file, name="inspection_file"),
    path("volumes/bundles/<int:pk>/file/", files.bundle_file, name="bundle_file"),
    path("volumes/appraisals/", appraising.appraisal_list, name="appraisal_list"),
    path("volumes/appraisals/sheet/", appraising.appraisal_sheet, name="appraisal_sheet"),
    path("volumes/appraisals/<int:pk>/<str:name>/", appraising.appraisal_step, name="appraisal_step"),
    path("volumes/retention/", appraising.retention_table, name="retention_table"),
    path("volumes/retention/<int:pk>/", appraising.retention_change, name="retention_change"),
    path("volumes/retention/<int:pk>/<str:name>/", appraising.retention_step, name="retention_step"),
]
