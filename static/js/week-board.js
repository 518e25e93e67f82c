// A step of the week is taken to another day by hand. The way without it is "Change", a page with the same choices.
class WeekBoard extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form[data-template]");
    for (const step of this.querySelectorAll("[data-step]")) {
      step.draggable = true;
      for (const link of step.querySelectorAll("a")) link.draggable = false; // the step moves, not its address
      step.addEventListener("dragstart", (event) => this.lift(event, step));
      step.addEventListener("dragend", () => this.settle());
    }
    for (const day of this.querySelectorAll("[data-day]")) {
      day.addEventListener("dragover", (event) => this.hover(event, day));
      day.addEventListener("dragleave", () => day.classList.remove("is-over"));
      day.addEventListener("drop", (event) => this.drop(event, day));
    }
  }

  lift(event, step) {
    this.lifted = step;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", step.dataset.step);
    step.classList.add("is-lifted");
  }

  settle() {
    this.lifted?.classList.remove("is-lifted");
    this.lifted = undefined;
    for (const day of this.querySelectorAll(".is-over")) day.classList.remove("is-over");
  }

  hover(event, day) {
    if (!this.lifted || day.contains(this.lifted) || day.classList.contains("is-past")) return;
    event.preventDefault();
    day.classList.add("is-over");
  }

  drop(event, day) {
    if (!this.lifted || day.contains(this.lifted)) return;
    event.preventDefault();
    this.form.action = this.form.dataset.template.replace("/0/", `/${this.lifted.dataset.step}/`);
    this.form.elements.day.value = day.dataset.day;
    this.form.submit();
  }
}

customElements.define("week-board", WeekBoard);
