// What is wrong stands at the top of the page, with links, and is where a person goes on: the focus is put there.

document.getElementById("error-summary")?.focus();
