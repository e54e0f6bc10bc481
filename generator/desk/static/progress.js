// Follows a build: says its step, then shows the page again when it has ended.
const line = document.querySelector("[data-progress]");

const follow = async () => {
  const answer = await fetch("/see/progress");
  const { is_running, step } = await answer.json();
  if (!is_running) {
    location.reload();
    return;
  }
  line.textContent = step;
  setTimeout(follow, 500);
};

if (line) {
  follow();
}
