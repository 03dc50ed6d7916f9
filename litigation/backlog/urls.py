from django.urls import path

from litigation.backlog import pages
from litigation.backlog.letters import pages as letters
from litigation.backlog.proof import pages as proof
from litigation.backlog.rounds import pages as rounds
from litigation.backlog.sheet_pages import clearance_sheet, ledger_file
from litigation.backlog.whatif import what_if_page

urlpatterns = [
    path("backlog/", pages.board, name="backlog_board"),
    path("backlog/items/", pages.item_list, name="backlog_items"),
    path("backlog/items/new/", pages.item_new, name="backlog_item_new"),
    path("backlog/items/<int:pk>/", pages.item_detail, name="backlog_item"),
    path("backlog/items/<int:pk>/sheet/", clearance_sheet, name="backlog_clearance_sheet"),
    path("backlog/ledger/pdf/", ledger_file, {"form": "pdf"}, name="backlog_ledger_pdf"),
    path("backlog/ledger/xlsx/", ledger_file, {"form": "xlsx"}, name="backlog_ledger_xlsx"),
    path("backlog/letters/", letters.letter_list, name="backlog_letters"),
    path("backlog/letters/new/", letters.letter_new, name="backlog_letter_new"),
    path("backlog/letters/<int:pk>/", letters.letter_detail, name="backlog_letter"),
    path("backlog/letters/<int:pk>/file/", letters.letter_file, name="backlog_letter_file"),
    path("backlog/letters/<int:pk>/<str:name>/", letters.letter_action, name="backlog_letter_action"),
    path("backlog/items/<int:pk>/<str:name>/", pages.item_action, name="backlog_item_action"),
    path("backlog/proof/<int:pk>/file/", proof.proof_file, name="backlog_proof_file"),
    path("backlog/proof/<int:pk>/<str:name>/", proof.proof_action, name="backlog_proof_action"),
    path("backlog/years/new/", pages.year_new, name="backlog_year_new"),
    path("backlog/years/<int:pk>/<str:name>/", pages.year_action, name="backlog_year_action"),
    path("backlog/returns/", pages.return_list, name="backlog_returns"),
    path("backlog/returns/new/", pages.return_new, name="backlog_return_new"),
    path("backlog/what-if/", what_if_page, name="backlog_what_if"),
    path("backlog/rounds/", rounds.round_list, name="backlog_rounds"),
    path("backlog/rounds/new/", rounds.round_new, name="backlog_round_new"),
    path("backlog/rounds/<int:pk>/", rounds.round_detail, name="backlog_round"),
    path("backlog/rounds/<int:pk>/<str:name>/", rounds.round_action, name="backlog_round_action"),
]
