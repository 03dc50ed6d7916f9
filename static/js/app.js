/* The one script: no page needs it to work; it guards against double clicks, lost text and silent failures. */
(function () {
  "use strict";

  var texts = document.getElementById("script-texts");
  var live = document.getElementById("live");
  var dirty = false;

  function text(name) {
    return (texts && texts.getAttribute("data-" + name)) || "";
  }

  function say(message, link, linkText) {
    if (!live || !message) return;
    live.textContent = "";
    var box = document.createElement("div");
    box.className = "message warning";
    box.textContent = message + " ";
    if (link) {
      var anchor = document.createElement("a");
      anchor.href = link;
      anchor.textContent = linkText;
      if (link.indexOf("#") !== 0) {
        anchor.target = "_blank";
        anchor.rel = "noopener";
      }
      box.appendChild(anchor);
    }
    live.appendChild(box);
  }

  function quiet() {
    if (live) live.textContent = "";
  }

  /* A second click on the same form is ignored; Back makes it usable again. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if ((form.getAttribute("method") || "get").toLowerCase() !== "post" || form.hasAttribute("hx-post")) return;
    if (form.getAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-sent", "1");
    dirty = false;
    window.setTimeout(function () {
      form.querySelectorAll("button[type=submit],button:not([type])").forEach(function (button) {
        button.setAttribute("aria-disabled", "true");
      });
      if (form.hasAttribute("data-download")) release(form);
    }, 0);
  });

  function release(form) {
    form.removeAttribute("data-sent");
    form.querySelectorAll("button[aria-disabled]").forEach(function (button) {
      button.removeAttribute("aria-disabled");
    });
  }

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(release);
  });

  /* Typed text is not lost by leaving: only forms marked data-unsaved ask. */
  document.addEventListener("input", function (event) {
    if (event.target.closest && event.target.closest("form[data-unsaved]")) dirty = true;
  });
  window.addEventListener("beforeunload", function (event) {
    if (!dirty) return;
    event.preventDefault();
    event.returnValue = "";
  });
  document.addEventListener("casemgr:saved", function () {
    dirty = false;
  });

  /* Filters marked data-autosubmit answer at once; without script their button does. */
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-autosubmit") && event.target.tagName === "SELECT") form.submit();
  });

  /* What only some answers ask for: [data-when=field][data-values="a b"] shows with them; all shows without script. */
  function showWhen(form) {
    form.querySelectorAll("[data-when]").forEach(function (group) {
      var name = group.getAttribute("data-when");
      var chosen = form.querySelector("input[name=" + name + "]:checked, select[name=" + name + "]");
      group.hidden = !chosen || group.getAttribute("data-values").split(" ").indexOf(chosen.value) < 0;
    });
  }
  document.querySelectorAll("form").forEach(showWhen);
  document.addEventListener("change", function (event) {
    if (event.target.form) showWhen(event.target.form);
  });

  /* A box marked data-ticks ticks every box of that name in its form. */
  document.addEventListener("change", function (event) {
    var name = event.target.getAttribute && event.target.getAttribute("data-ticks");
    if (!name || !event.target.form) return;
    event.target.form.querySelectorAll("input[name=" + name + "]").forEach(function (box) {
      box.checked = event.target.checked;
    });
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-print]");
    if (button) window.print();
  });

  /* htmx: an answer that is an error, or none, is said aloud; the page keeps its text. */
  document.addEventListener("htmx:configRequest", function (event) {
    var token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (token) event.detail.headers["X-CSRFToken"] = token.value;
  });
  document.addEventListener("htmx:responseError", function (event) {
    if (event.detail.xhr.status === 401) say(text("logged-out"), text("login"), text("log-in"));
    else say(text("failed"));
  });
  ["htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function () {
      say(text("offline"));
    });
  });
  document.addEventListener("htmx:afterOnLoad", function (event) {
    if (event.detail.successful !== false && event.detail.xhr.status < 400) quiet();
  });
  window.addEventListener("offline", function () {
    say(text("offline"));
  });
  window.addEventListener("online", quiet);

  /* Five minutes before the session ends it can be kept (WCAG 2.2.1). */
  var seconds = parseInt(text("session"), 10);
  var timer;
  function keepAlive(event) {
    event.preventDefault();
    fetch(text("keep"), { credentials: "same-origin", redirect: "manual" }).then(function (response) {
      if (response.ok) {
        quiet();
        watch();
      } else {
        say(text("logged-out"), text("login"), text("log-in"));
      }
    }, function () {
      say(text("offline"));
    });
  }
  function watch() {
    if (!seconds) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(function () {
      say(text("ending"), "#keep", text("continue"));
      live.querySelector("a").addEventListener("click", keepAlive);
    }, Math.max(seconds - 300, seconds / 2) * 1000);
  }
  watch();
  document.addEventListener("htmx:afterRequest", watch);

  /* htmx notes the address of the page, filters with names included; it must not outlive the page. */
  window.addEventListener("pagehide", function () {
    try {
      sessionStorage.removeItem("htmx-current-path-for-history");
    } catch (error) {
      /* Storage is switched off: nothing is kept anyway. */
    }
  });

  /* The error summary and an htmx-swapped error take the focus, so that a screen reader starts there. */
  function focusErrors(root) {
    var summary = root.querySelector(".error-summary");
    if (summary) summary.focus();
  }
  focusErrors(document);
  document.addEventListener("htmx:afterSwap", function (event) {
    focusErrors(event.target);
  });
})();
