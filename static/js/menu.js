/* The menu's groups: one open at a time; a click elsewhere, the focus going elsewhere and Escape close it.
   Without script a group is closed by its own name. */
(function () {
  "use strict";

  var groups = document.querySelectorAll("nav.tabs .group > details");

  function close(besides) {
    groups.forEach(function (group) {
      if (!besides || !group.parentElement.contains(besides)) group.open = false;
    });
  }

  ["click", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, function (event) { close(event.target); });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    groups.forEach(function (group) {
      if (!group.open) return;
      group.open = false;
      group.querySelector("summary").focus();
    });
  });
})();
