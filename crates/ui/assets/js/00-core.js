// Small helpers of every script below. Everything is delegated from the document, so parts that htmx swaps in need no set-up.
const root = document.documentElement;
root.classList.add("js");
const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const on = (type, selector, act, options) => document.addEventListener(type, (event) => {
  const found = event.target instanceof Element && event.target.closest(selector);
  if (found) act(found, event);
}, options);
const words = document.body.dataset;
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const typing = (target) => target instanceof Element && target.closest("input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]");
