// Comfort only: every page is complete without it. A file may be dropped; one that is too large is not sent.

for (const form of document.querySelectorAll("[data-largest]")) {
  const field = form.querySelector("[type=file]");
  const fault = form.querySelector("[data-too-large]");
  const isTooLarge = () => [...field.files].some((file) => file.size > Number(form.dataset.largest));

  field.addEventListener("change", () => {
    fault.hidden = !isTooLarge();
  });
  form.addEventListener("submit", (event) => {
    if (isTooLarge()) {
      event.preventDefault();
      fault.hidden = false;
      field.focus();
    }
  });
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.toggle("over", name.startsWith("drag") && name !== "dragleave");
    });
  }
  form.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length === 1) {
      field.files = event.dataTransfer.files;
      field.dispatchEvent(new Event("change"));
      form.requestSubmit();
    }
  });
}
