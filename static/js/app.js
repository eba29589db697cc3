/* What script adds to pages that work without it: the drawer, keys, drafts, bulk counts, words when a save fails.
   No build, no eval, nothing kept on the device. Conventions: docs and /styleguide/. */
(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  root.classList.add("js");

  /* ---- saying things: #live for what happened, #oops for what went wrong ---- */
  const live = $("#live"), oops = $("#oops"), toasts = $(".toasts");
  let clearing;
  const say = (words) => { if (live) live.textContent = words; };
  const complain = (words) => { if (oops) oops.textContent = words; };

  // A line with Undo stays at least 12 s, and as long as the pointer or the focus is in it.
  const later = () => {
    clearTimeout(clearing);
    clearing = setTimeout(() => {
      if (live.matches(":hover") || live.contains(document.activeElement)) later();
      else live.replaceChildren();
    }, 12000);
  };
  if (live) new MutationObserver(() => { if (live.hasChildNodes()) later(); }).observe(live, { childList: true, characterData: true, subtree: true });

  /* ---- a form that came back with errors: focus on the summary ---- */
  const showErrors = (within) => {
    const summary = $(".summary[tabindex]", within);
    if (!summary) return false;
    summary.focus();
    return true;
  };

  /* ---- the drawer: a link with data-drawer loads its form into the one dialog ---- */
  const drawer = $("#drawer"), inside = $("#drawer-body");
  let opener = null, dirty = false, ownTitle = document.title;

  const openDrawer = () => {
    if (!drawer.open) {
      ownTitle = document.title;
      drawer.append(toasts); // what lies outside an open dialog is neither seen nor read out
      drawer.showModal();
    }
    const heading = $("h1, h2", inside);
    if (heading) {
      heading.id = heading.id || "drawer-title";
      drawer.setAttribute("aria-labelledby", heading.id);
    }
    if (showErrors(inside)) {
      document.title = `Error: ${ownTitle.replace(/^Error: /, "")}`;
      return;
    }
    const first = $("[autofocus]", inside) || $("input:not([type=hidden]):not(:disabled), select, textarea", inside) || $("a, button", inside);
    if (first) first.focus();
  };
  const closeDrawer = () => {
    if (drawer && drawer.open && (!dirty || window.confirm("You have typed something. Close without saving?"))) drawer.close();
  };
  if (drawer) {
    drawer.addEventListener("cancel", (event) => { event.preventDefault(); closeDrawer(); });
    drawer.addEventListener("click", (event) => {
      if (event.target === drawer || event.target.closest("[data-close]")) { event.preventDefault(); closeDrawer(); }
    });
    drawer.addEventListener("input", () => { dirty = true; });
    drawer.addEventListener("close", () => {
      inside.replaceChildren();
      dirty = false;
      document.title = ownTitle;
      document.body.append(toasts);
      // After a save the row is a new copy: find the link again by its id.
      const back = opener && (opener.isConnected ? opener : document.getElementById(opener.id));
      if (back) back.focus(); else if ($("#main")) $("#main").focus();
      opener = null;
    });
  }
  document.addEventListener("htmx:beforeRequest", (event) => {
    const link = event.detail.elt.closest("[data-drawer]");
    if (link) opener = link;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.target;
    if (!target || event.detail.elt !== target) return;
    if (target === inside) {
      if (inside.childElementCount) openDrawer();
      else { dirty = false; if (drawer.open) drawer.close(); }
    } else if (event.detail.xhr.status === 422) showErrors(target);
  });

  // A drawer answers with parts of the page that it belongs to. Opened from another page, those that are not there go.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const answer = document.createElement("template");
    answer.innerHTML = event.detail.serverResponse;
    const strangers = $$("[hx-swap-oob=true]", answer.content).filter((part) => !document.getElementById(part.id));
    strangers.forEach((part) => part.remove());
    if (strangers.length) event.detail.serverResponse = answer.innerHTML;
  });

  /* ---- when a request fails the form stays as it is, and we say so ---- */
  const failed = (event) => {
    const { xhr, requestConfig } = event.detail, verb = requestConfig ? requestConfig.verb : "post";
    const plain = xhr && xhr.status && (xhr.getResponseHeader("Content-Type") || "").startsWith("text/plain");
    complain(plain ? xhr.responseText : verb === "get" ? "That did not load. Try again." : "That did not save. Nothing is lost. Try again.");
  };
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, failed));
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful && oops) oops.replaceChildren(); });

  /* ---- find: Ctrl+K always, / unless switched off, arrows through the results ---- */
  const find = $("#find"), found = $("#find-results");
  const typing = (node) => node.matches("input, select, textarea, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && root.dataset.keys !== "off" && !typing(event.target);
    const ctrlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (find && (slash || ctrlK) && !(drawer && drawer.open)) { event.preventDefault(); find.focus(); find.select(); }
  });
  /* ---- one page after another: j and k, unless shortcuts are switched off. The links are always there. ---- */
  document.addEventListener("keydown", (event) => {
    const step = { j: "next", k: "prev" }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || root.dataset.keys === "off" || typing(event.target) || (drawer && drawer.open)) return;
    const link = $(`a[data-step=${step}]`);
    if (link) { event.preventDefault(); link.click(); }
  });
  const clearFound = () => { if (found) found.replaceChildren(); };
  if (find && found) {
    const box = find.closest("form");
    box.addEventListener("keydown", (event) => {
      const links = $$("a", found), at = links.indexOf(document.activeElement);
      if (event.key === "ArrowDown" && links.length) { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
      else if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (at ? links[at - 1] : find).focus(); }
      else if (event.key === "Escape") { find.value = ""; clearFound(); find.focus(); }
    });
    box.addEventListener("focusout", (event) => { if (event.relatedTarget && !box.contains(event.relatedTarget)) clearFound(); });
    // Whoever has gone on meanwhile does not get the answer laid over where they are now.
    found.addEventListener("htmx:beforeSwap", (event) => { if (!box.contains(document.activeElement)) event.detail.shouldSwap = false; });
    document.addEventListener("click", (event) => { if (!box.contains(event.target)) clearFound(); });
    find.addEventListener("input", () => { if (!find.value.trim()) clearFound(); });
    find.addEventListener("focus", () => { if (!find.value.trim() && !found.childElementCount) find.dispatchEvent(new Event("recent")); });
  }

  /* ---- drafts: the whole form goes to data-draft-url 2 s after typing stops, and when the page is left ---- */
  const waiting = new Map(); // form -> timer; the words themselves stay in the form
  const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const draftSays = (form, words) => { const line = $("[data-draft-status]", form); if (line) line.textContent = words; };
  const saveDraft = async (form, leaving = false) => {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    const body = new FormData(form);
    $$("input[type=file], input[type=password]", form).forEach((input) => body.delete(input.name));
    try {
      const reply = await fetch(form.dataset.draftUrl, { method: "POST", body, keepalive: leaving, redirect: "manual", headers: { Accept: "application/json" } });
      if (reply.ok) draftSays(form, `Draft saved ${clock()}`);
      else if (reply.status === 401 || reply.type === "opaqueredirect") draftSays(form, "You have been signed out. Copy your words before you leave this page.");
      else throw new Error("refused");
    } catch {
      if (leaving || !form.isConnected) return;
      draftSays(form, "Draft not saved yet. Your words are still here.");
      waiting.set(form, setTimeout(() => saveDraft(form), 20000));
    }
  };
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || !form.dataset.draftUrl) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => saveDraft(form), 2000));
  });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") [...waiting.keys()].forEach((form) => saveDraft(form, true)); });

  /* ---- one press, one post ---- */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (waiting.has(form)) { clearTimeout(waiting.get(form)); waiting.delete(form); }
    if (form.method !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    const button = event.submitter;
    if (button) button.classList.add("busy");
    // A download leaves the page as it is, so the button must come back.
    setTimeout(() => { delete form.dataset.sent; if (button) button.classList.remove("busy"); }, 5000);
  });
  window.addEventListener("pageshow", () => $$("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));

  /* ---- choose all, and how many are chosen ---- */
  const count = (form) => {
    const boxes = $$(".pick input[name]", form), chosen = boxes.filter((box) => box.checked).length;
    const all = $("[data-choose-all]", form), words = $("[data-chosen]", form);
    if (all) { all.checked = chosen > 0 && chosen === boxes.length; all.indeterminate = chosen > 0 && chosen < boxes.length; }
    if (words) words.textContent = chosen ? `${chosen} chosen` : "None chosen";
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-bulk]");
    if (!form) return;
    if (event.target.matches("[data-choose-all]")) $$(".pick input[name]", form).forEach((box) => { box.checked = event.target.checked; });
    count(form);
  });
  const fresh = () => $$("[data-bulk]").forEach(count);
  document.addEventListener("htmx:load", fresh);
  window.addEventListener("pageshow", fresh);

  /* ---- how many letters are left in a box with data-count: seen, not said at each key ---- */
  const countLetters = (box) => {
    const line = document.getElementById(`${box.id}_left`), rest = Number(box.dataset.count) - box.value.length;
    if (line) line.textContent = rest < 0 ? `${-rest} too many` : `${rest} left`;
  };
  document.addEventListener("input", (event) => { if (event.target.dataset.count) countLetters(event.target); });
  const countAll = () => $$("[data-count]").forEach(countLetters);
  document.addEventListener("htmx:load", countAll);
  window.addEventListener("pageshow", countAll);

  /* ---- a file dropped on to a field, and one that is too large before it is sent ---- */
  const most = (input) => Number(input.dataset.most);
  const tooLarge = (input) => [...input.files].some((file) => file.size > most(input));
  const dropSays = (input) => {
    const line = $("[data-drop-status]", input.form), file = input.files[0];
    if (!line) return;
    line.textContent = !file ? "" : tooLarge(input)
      ? "This file is larger than 10 MB. Remove pictures and sheets that are not needed, or split it into smaller files."
      : `${file.name} is chosen.`;
  };
  const dropZone = (event) => event.target instanceof Element && event.target.closest("form[data-upload]") && $(".drop", event.target.closest("form[data-upload]"));
  ["dragover", "dragleave", "drop"].forEach((name) => document.addEventListener(name, (event) => {
    const input = dropZone(event);
    if (!input) return;
    if (name !== "dragleave") event.preventDefault(); // else the browser opens the file itself
    input.classList.toggle("over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) {
      const one = new DataTransfer();
      one.items.add(event.dataTransfer.files[0]);
      input.files = one.files;
      dropSays(input);
    }
  }));
  document.addEventListener("change", (event) => { if (event.target.matches(".drop")) dropSays(event.target); });
  document.addEventListener("submit", (event) => {
    const input = $(".drop", event.target);
    if (input && tooLarge(input)) { event.preventDefault(); dropSays(input); input.focus(); }
  }, true);

  /* ---- small things ---- */
  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const copy = event.target.closest("[data-copy]");
    if (!copy) return;
    const from = document.getElementById(copy.dataset.copy);
    try { await navigator.clipboard.writeText(from.value); say("Copied."); } catch { from.focus(); from.select(); say("Press Ctrl and C to copy."); }
  });
  const current = $(".nav [aria-current=page]");
  if (current) { const list = current.parentElement; list.scrollLeft = current.offsetLeft - list.clientWidth / 2 + current.clientWidth / 2; }
  showErrors(document);
})();
