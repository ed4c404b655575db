// While a file is looked at: brings the newest line of the page, and the whole page once it is done. Without this, the link does.
const place = document.getElementById("progress");

async function look() {
  try {
    const answer = await fetch(location.href);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("progress");
    if (!fresh) return location.reload();
    if (fresh.textContent !== place.textContent) place.textContent = fresh.textContent;
  } catch {
    // The line is down for a moment: look again.
  }
  setTimeout(look, 2000);
}

if (place) setTimeout(look, 1000);
