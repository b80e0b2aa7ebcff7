/* One place for a photo at a time: the next comes when it is filled. */
const photos = [...document.querySelectorAll("input[type=file][name=photos]")];

function offer() {
  const empty = photos.findIndex((input) => !input.files.length);
  photos.forEach((input, place) => { input.hidden = empty >= 0 && place > empty; });
}

for (const input of photos) input.addEventListener("change", offer);
offer();
addEventListener("pageshow", offer);
