from django.urls import path

from mediation.campaigns.pages import campaigns, leads

urlpatterns = [
    path("screening/", campaigns.screening, name="screening"),
    path("screening/campaigns/", campaigns.campaign_list, name="campaign_list"),
    path("screening/campaigns/new/", campaigns.campaign_new, name="campaign_new"),
    path("screening/campaigns/<int:pk>/", campaigns.campaign_detail, name="campaign_detail"),
    path("screening/campaigns/<int:pk>/<str:name>/", campaigns.campaign_action, name="campaign_action"),
    path("screening/returns/", campaigns.campaign_return_list, name="campaign_return_list"),
    path("screening/returns/<int:pk>/", campaigns.campaign_return_detail, name="campaign_return_detail"),
    path("screening/returns/<int:pk>/<str:name>/", campaigns.campaign_return_action, name="campaign_return_action"),
    path("screening/patrols/", leads.patrol_list, name="patrol_list"),
    path("screening/patrols/new/", leads.patrol_new, name="patrol_new"),
    path("screening/patrols/<int:pk>/", leads.patrol_detail, name="patrol_detail"),
    path("screening/patrols/<int:pk>/<str:name>/", leads.patrol_action, name="patrol_action"),
    path("screening/leads/", leads.lead_list, name="lead_list"),
    path("screening/leads/new/", leads.lead_new, name="lead_new"),
    path("screening/leads/<int:pk>/", leads.lead_detail, name="lead_detail"),
    path("screening/leads/<int:pk>/<str:name>/", leads.lead_action, name="lead_action"),
    path("screening/key-disputes/", leads.key_dispute_list, name="key_dispute_list"),
    path("screening/key-disputes/new/", leads.key_dispute_new, name="key_dispute_new"),
    path("screening/key-disputes/<int:pk>/", leads.key_dispute_detail, name="key_dispute_detail"),
    path("screening/key-disputes/<int:pk>/<str:name>/", leads.key_dispute_action, name="key_dispute_action"),
]
