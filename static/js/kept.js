/* Long forms marked data-kept: saved on the server while they are typed, and sent again by themselves, under the same
   key, when the line was down. Without this script the form is an ordinary one. */
(function () {
  "use strict";

  var AFTER_TYPING = 2000;
  var AGAIN = 4000;
  var PATIENCE = 30000;
  var changed = false;
  var saving = false;
  var sending = false;
  var ended = false;
  var unsent = null; /* What could not be sent and will be sent again, as long as nobody changes the entries. */
  var timer;

  function keptForm() {
    return document.querySelector("form[data-kept]");
  }

  function say(form, name, words, link) {
    var line = form.querySelector("[data-kept-status]");
    if (!line) return;
    line.textContent = words || line.getAttribute("data-" + name);
    line.classList.toggle("warning", name !== "saved" && name !== "sending");
    line.classList.toggle("message", name !== "saved" && name !== "sending");
    if (!link) return;
    var anchor = document.createElement("a");
    anchor.href = link.url;
    anchor.textContent = link.text;
    if (link.isNew) {
      anchor.target = "_blank";
      anchor.rel = "noopener";
    }
    line.append(" ", anchor);
  }

  function post(form, url, body) {
    var token = form.querySelector("[name=csrfmiddlewaretoken]");
    var given = { method: "POST", body: body, credentials: "same-origin", redirect: "manual" };
    given.headers = { "HX-Request": "true", "X-CSRFToken": token ? token.value : "" };
    if (window.AbortSignal && AbortSignal.timeout) given.signal = AbortSignal.timeout(PATIENCE);
    return fetch(url, given);
  }

  function loggedOut(form) {
    var line = form.querySelector("[data-kept-status]");
    var texts = document.getElementById("script-texts");
    say(form, "logged-out", "", {
      url: texts.getAttribute("data-login"),
      text: line.getAttribute("data-log-in"),
      isNew: true,
    });
  }

  /* Drafts */

  function soon(delay) {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, delay);
  }

  function save() {
    var form = keptForm();
    if (!form || !changed || sending || ended) return;
    if (saving) return soon(AFTER_TYPING);
    saving = true;
    changed = false;
    post(form, form.getAttribute("data-kept"), new FormData(form)).then(function (answer) {
      saving = false;
      if (answer.type === "opaqueredirect" || answer.status === 401) {
        changed = true;
        return loggedOut(form);
      }
      if (answer.status >= 500) {
        changed = true;
        return soon(AGAIN);
      }
      return answer.json().then(function (told) {
        if (answer.status === 409) {
          ended = true;
          say(form, "registered", "", { url: told.url, text: told.registered });
        } else if (answer.ok) {
          if (!sending && !unsent) say(form, "saved", told.text);
          if (!changed) document.dispatchEvent(new CustomEvent("casemgr:saved"));
          /* A page that is loaded again takes up the draft: phones drop pages that are out of sight. */
          var key = form.querySelector("[name=request_key]");
          if (key) window.history.replaceState(null, "", "?draft=" + encodeURIComponent(key.value));
        } else {
          changed = true; /* Tried again with the next entry, and when the page goes out of sight. */
          say(form, "failed", told.error, told.url ? { url: told.url, text: told.text, isNew: true } : null);
        }
      });
    }).catch(function () {
      saving = false;
      changed = true;
      if (!sending && !unsent) say(form, "offline");
      soon(AGAIN);
    });
  }

  function typed(event) {
    var form = event.target.form;
    if (!form || !form.hasAttribute("data-kept")) return;
    changed = true;
    if (unsent) {
      unsent = null;
      say(form, "changed");
    }
    soon(AFTER_TYPING);
  }
  document.addEventListener("input", typed);
  document.addEventListener("change", typed);
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") save();
  });

  /* Sending */

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-kept")) return;
    event.preventDefault();
    if (sending || form.getAttribute("data-sent")) return event.stopImmediatePropagation();
    var body = new FormData(form);
    var button = event.submitter;
    if (button && button.name) body.append(button.name, button.value);
    send(form, (button && button.getAttribute("formaction")) || form.getAttribute("action"), body);
  }, true);

  function send(form, url, body) {
    sending = true;
    say(form, "sending");
    post(form, url, body).then(function (answer) {
      if (answer.type === "opaqueredirect" || answer.status === 401) {
        back(form);
        return loggedOut(form);
      }
      var where = answer.headers.get("HX-Redirect");
      if (where) {
        ended = true;
        document.dispatchEvent(new CustomEvent("casemgr:saved"));
        return window.location.assign(where);
      }
      return answer.text().then(function (page) {
        back(form);
        show(form, page, url, answer.status);
      });
    }).catch(function () {
      back(form);
      changed = true;
      /* The very same entries: a look-up's answer may have changed the page, and the server compares what comes twice. */
      unsent = { url: url, body: body };
      say(form, "not-sent");
      window.setTimeout(again, AGAIN);
    });
  }

  function back(form) {
    sending = false;
    unsent = null;
    form.dispatchEvent(new CustomEvent("casemgr:kept", { bubbles: true }));
  }

  function again() {
    var form = keptForm();
    if (!form || !unsent || sending) return;
    send(form, unsent.url, unsent.body);
  }

  window.addEventListener("offline", function () {
    var form = keptForm();
    if (form && !sending && !unsent) say(form, "offline");
  });
  window.addEventListener("online", function () {
    if (unsent) again();
    else save();
  });

  function show(form, page, url, status) {
    var found = new DOMParser().parseFromString(page, "text/html");
    var fresh = found.querySelector("main");
    if (!fresh || !fresh.querySelector("form[data-kept]")) {
      var words = status < 500 && fresh && fresh.querySelector(".pane p");
      return say(form, "failed", words ? words.textContent : "");
    }
    var main = document.getElementById("main");
    main.replaceChildren.apply(main, Array.from(document.importNode(fresh, true).childNodes));
    if (window.htmx) window.htmx.process(main);
    main.dispatchEvent(new CustomEvent("casemgr:shown", { bubbles: true }));
    changed = true;
    soon(AFTER_TYPING);
    var place = url.split("#")[1] && document.getElementById(url.split("#")[1]);
    if (!place || main.querySelector(".error-summary")) return;
    place.scrollIntoView();
    var first = place.querySelector("input:not([type=hidden]),select");
    if (first) first.focus();
  }
})();
