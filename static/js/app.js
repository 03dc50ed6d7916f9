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

  /* Said by kept.js: the sending failed and the text is here again; or a new content stands in the page. */
  document.addEventListener("casemgr:kept", function (event) {
    dirty = true;
    release(event.target);
  });
  document.addEventListener("casemgr:shown", function (event) {
    event.target.querySelectorAll("form").forEach(showWhen);
    focusErrors(event.target);
  });

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

  /* A phrase goes to the cursor of the text field that was used last; without script it is copied from the list. */
  var writing = null;
  document.addEventListener("focusin", function (event) {
    if (event.target.tagName === "TEXTAREA") writing = event.target;
  });
  document.querySelectorAll("[data-insert]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var form = button.closest("form");
      var field = writing && form.contains(writing) ? writing : form.querySelector("textarea");
      if (!field) return;
      field.focus();
      field.setRangeText(button.getAttribute("data-insert"), field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
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
  /* A form that saves itself says it in its own line, with what it does about it. */
  function sayOffline() {
    if (!document.querySelector("form[data-kept]")) say(text("offline"));
  }
  ["htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, sayOffline);
  });
  document.addEventListener("htmx:afterOnLoad", function (event) {
    if (event.detail.successful !== false && event.detail.xhr.status < 400) quiet();
  });
  window.addEventListener("offline", sayOffline);
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

  /* Files: dropped, pasted, photographed and put in order in one list; sent with a bar of progress. */
  function fileForm(form) {
    if (!window.DataTransfer || !window.FormData) return;
    document.documentElement.classList.add("script");
    var input = document.getElementById(form.getAttribute("data-files"));
    var list = form.querySelector("[data-chosen]");
    var drop = form.querySelector("[data-drop]");
    var sending = form.querySelector("[data-sending]");
    var camera = form.querySelector("input[capture]");
    var chosen = [];

    function add(files) {
      Array.prototype.forEach.call(files, function (file) {
        var known = chosen.some(function (one) {
          return one.name === file.name && one.size === file.size && one.lastModified === file.lastModified;
        });
        if (!known) chosen.push(file);
      });
      keep();
    }

    function keep() {
      var transfer = new DataTransfer();
      chosen.forEach(function (file) { transfer.items.add(file); });
      input.files = transfer.files;
      dirty = chosen.length > 0;
      show();
    }

    function button(name, sign, label, act, disabled) {
      var made = document.createElement("button");
      made.type = "button";
      made.className = "btn";
      made.textContent = sign;
      made.setAttribute("aria-label", list.getAttribute("data-" + name) + " " + label);
      made.disabled = disabled;
      made.addEventListener("click", act);
      return made;
    }

    function move(from, to) {
      chosen.splice(to, 0, chosen.splice(from, 1)[0]);
      keep();
      var moved = list.children[to].querySelector("button:not([disabled])");
      if (moved) moved.focus();
    }

    function show() {
      list.textContent = "";
      chosen.forEach(function (file, index) {
        var row = document.createElement("li");
        var name = document.createElement("span");
        var label = index + 1 + ". " + file.name;
        if (/^image\/(jpeg|png)$/.test(file.type) && window.createImageBitmap) row.appendChild(preview(file));
        name.className = "name";
        name.textContent = label + " (" + sizeOf(file) + ")";
        row.appendChild(name);
        row.appendChild(button("up", "\u2191", label, function () { move(index, index - 1); }, index === 0));
        row.appendChild(button("down", "\u2193", label, function () { move(index, index + 1); }, index === chosen.length - 1));
        row.appendChild(button("remove", "\u00d7", label, function () { chosen.splice(index, 1); keep(); }, false));
        list.appendChild(row);
      });
    }

    function sizeOf(file) {
      var kilobytes = Math.max(1, Math.round(file.size / 1024));
      return kilobytes < 1024 ? kilobytes + " KB" : (kilobytes / 1024).toFixed(1) + " MB";
    }

    function preview(file) {
      var canvas = document.createElement("canvas");
      canvas.width = canvas.height = 96;
      canvas.setAttribute("aria-hidden", "true");
      createImageBitmap(file, { resizeWidth: 96 }).then(function (picture) {
        canvas.getContext("2d").drawImage(picture, 0, (96 - picture.height) / 2);
      }, function () { /* No preview; the server judges the file. */ });
      return canvas;
    }

    input.addEventListener("change", function () { add(input.files); });
    if (camera) camera.addEventListener("change", function () { add(camera.files); camera.value = ""; });
    document.addEventListener("paste", function (event) {
      if (event.clipboardData && event.clipboardData.files.length) {
        event.preventDefault();
        add(event.clipboardData.files);
      }
    });
    ["dragover", "dragleave", "drop"].forEach(function (name) {
      drop.addEventListener(name, function (event) {
        event.preventDefault();
        drop.classList.toggle("over", name === "dragover");
        if (name === "drop") add(event.dataTransfer.files);
      });
    });

    form.addEventListener("submit", function (event) {
      var total = chosen.reduce(function (sum, file) { return sum + file.size; }, 0);
      event.preventDefault();
      if (form.getAttribute("data-sent")) return;
      var most = parseInt(form.getAttribute("data-most"), 10);
      if (total > most) {
        var alone = chosen.filter(function (file) { return file.size > most; })[0];
        say(alone ? sending.getAttribute("data-large-file").replace("FILE", alone.name) : sending.getAttribute("data-large"));
        event.stopImmediatePropagation();
        return;
      }
      send();
    });

    function send() {
      var request = new XMLHttpRequest();
      var bar = sending.querySelector("progress");
      var words = sending.querySelector("p");
      request.open("POST", window.location.href);
      request.setRequestHeader("HX-Request", "true");
      request.upload.addEventListener("progress", function (event) {
        if (!event.lengthComputable) return;
        bar.value = Math.round(event.loaded * 100 / event.total);
        words.textContent = bar.value < 100 ? bar.value + " %" : sending.getAttribute("data-checking");
      });
      request.addEventListener("error", function () { over(); say(text("offline")); });
      request.addEventListener("load", function () {
        var where = request.getResponseHeader("HX-Redirect");
        if (where) {
          dirty = false;
          window.location.assign(where);
          return;
        }
        over();
        if (request.status === 401) say(text("logged-out"), text("login"), text("log-in"));
        else refused(request.responseText);
      });
      sending.hidden = false;
      bar.value = 0;
      request.send(new FormData(form));
    }

    function over() {
      sending.hidden = true;
      dirty = true;
      release(form);
    }

    function refused(page) {
      var found = new DOMParser().parseFromString(page, "text/html");
      var problem = found.querySelector("main .error-summary") || found.querySelector("main .pane");
      var place = document.getElementById("send-problem");
      if (!problem) return say(text("failed"));
      if (!problem.classList.contains("error-summary")) {
        problem = problem.querySelector("p");
        problem.className = "error-summary";
        problem.setAttribute("tabindex", "-1");
      }
      place.textContent = "";
      place.appendChild(document.importNode(problem, true));
      place.firstElementChild.focus();
    }
  }
  document.querySelectorAll("form[data-files]").forEach(fileForm);

  // Words selected in a text are filled into the box it names.
  document.querySelectorAll("[data-fills]").forEach(function (region) {
    region.addEventListener("mouseup", function () {
      var chosen = String(window.getSelection()).trim();
      var box = document.getElementById(region.getAttribute("data-fills"));
      if (box && chosen) box.value = chosen.slice(0, 300);
    });
  });
})();
