/* Steps by keys. Single keys only while nobody types, and only where the person has not switched them off. */
(function () {
  "use strict";

  var list = document.getElementById("keys");
  if (!list) return;
  var singles = list.getAttribute("data-single") === "on";
  var before = null;
  var going = false;

  function toggle(open) {
    if (open) before = document.activeElement;
    list.hidden = !open;
    if (open) list.focus();
    else if (before && before.focus) before.focus();
  }

  function first(selector) {
    return Array.prototype.find.call(document.querySelectorAll(selector), function (element) {
      return element.offsetParent !== null && !element.disabled;
    });
  }

  function focus(element) {
    if (!element) return;
    element.focus();
    element.scrollIntoView({ block: "center" });
  }

  function follow(element) {
    if (element) element.click();
  }

  /* A tab is followed. A group is opened, and its first entry focused; so is the whole menu where that is folded up. */
  function enter(tab) {
    var links = tab ? tab.querySelectorAll("a") : [];
    if (!tab || !tab.classList.contains("group")) return follow(links[0]);
    tab.querySelector("details").open = true;
    if (!links[0].offsetParent) document.querySelector("nav.tabs > details").open = true;
    links[0].focus();
  }

  /* One entry is one row; its first link is where Enter leads. */
  function entries() {
    var rows = document.querySelectorAll("main tbody tr, main ul.notices > li, main ul.menu > li, main ul.rows > li");
    return Array.prototype.map.call(rows, function (row) {
      return row.querySelector("a[href]");
    }).filter(function (link) {
      return link && link.offsetParent !== null;
    });
  }

  function step(by) {
    var links = entries();
    var here = links.findIndex(function (link) {
      var row = link.closest("tr, li");
      return row && row.contains(document.activeElement);
    });
    focus(links[here < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(here + by, 0), links.length - 1)]);
  }

  var steps = {
    "?": function () { toggle(list.hidden); },
    "/": function () { focus(first("main input[type=search], main input[name=q]")); },
    j: function () { step(1); },
    k: function () { step(-1); },
    n: function () { focus(first("main .btn-primary")); },
    "[": function () { follow(first("main a[rel=prev]")); },
    "]": function () { follow(first("main a[rel=next]")); },
    u: function () {
      var links = document.querySelectorAll("main .crumbs a");
      follow(links[links.length - 1]);
    },
  };

  function isTyping(element) {
    return element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
      (element.tagName === "INPUT" && !/^(button|checkbox|radio|submit|reset|file)$/.test(element.type));
  }

  function send(field) {
    var form = field.form;
    if (!form || form.method !== "post") return;
    var button = form.querySelector("button.btn-primary") || form.querySelector("button[type=submit], button:not([type])");
    if (button) button.click();
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) return toggle(false);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return send(event.target);
    }
    if (!singles || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (going && /^[1-9]$/.test(event.key)) {
      going = false;
      event.preventDefault();
      return enter(document.querySelectorAll("nav.tabs > ul > li")[event.key - 1]);
    }
    going = event.key === "g";
    var act = Object.prototype.hasOwnProperty.call(steps, event.key) && steps[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
