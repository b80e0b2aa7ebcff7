/* A voice is recorded in the page, and put where a chosen file would stand. Without a recorder the field stays as it is. */

const KINDS = [["audio/webm;codecs=opus", "webm"], ["audio/mp4", "m4a"], ["audio/ogg;codecs=opus", "ogg"]];
const RATE = 32000; // bits a second: plain speech, and ten minutes are 2.4 MB

function begin(field) {
  const input = field.querySelector("input[type=file]"), box = field.querySelector("[data-recorder]"), form = input.form;
  const part = (name) => box.querySelector(`[data-${name}]`), told = part("told"), sound = part("sound");
  const [type, ending] = KINDS.find(([one]) => MediaRecorder.isTypeSupported(one)) || [];
  if (!type) return;
  const most = { bytes: Number(input.dataset.bytes), seconds: Number(input.dataset.seconds) };
  let recorder = null, ticks = 0;

  const say = (which) => { told.textContent = which ? told.dataset[which] : ""; };

  function show(file) {
    URL.revokeObjectURL(sound.src);
    if (file) sound.src = URL.createObjectURL(file);
    else sound.removeAttribute("src");
    part("made").hidden = !file;
    part("start").hidden = Boolean(file);
    part("on").hidden = true;
    field.querySelector(".drop").hidden = Boolean(file);
  }

  function put(file) {
    const held = new DataTransfer();
    if (file) held.items.add(file);
    input.files = held.files;
    show(file);
  }

  async function start() {
    let stream;
    try { stream = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch { say("refused"); return; }
    const pieces = [];
    let bytes = 0, isFull = false;
    const began = performance.now();
    recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: RATE });
    const done = new Promise((resolve) => { recorder.addEventListener("stop", resolve); });
    const fill = () => { isFull = true; stop(); };
    recorder.addEventListener("dataavailable", (event) => {
      pieces.push(event.data);
      bytes += event.data.size;
      if (bytes > most.bytes * 0.95) fill();
    });
    for (const track of stream.getTracks()) track.addEventListener("ended", stop); // a call comes in, the microphone is unplugged
    recorder.start(1000);
    show(null);
    part("start").hidden = true;
    part("on").hidden = false;
    field.querySelector(".drop").hidden = true;
    part("stop").focus();
    say("running");
    ticks = setInterval(() => {
      const seconds = Math.floor((performance.now() - began) / 1000);
      part("time").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (seconds >= most.seconds) fill();
    }, 250);
    await done;
    clearInterval(ticks);
    for (const track of stream.getTracks()) track.stop();
    recorder = null;
    part("time").textContent = "0:00";
    const plain = type.split(";")[0];
    put(new File(pieces, `voice.${ending}`, { type: plain }));
    say(isFull ? "full" : "done");
    part("again").focus();
    box.dispatchEvent(new Event("recorded"));
  }

  function stop() {
    if (recorder && recorder.state !== "inactive") recorder.stop();
  }

  part("start").addEventListener("click", start);
  part("again").addEventListener("click", () => { put(null); start(); });
  part("stop").addEventListener("click", stop);
  part("delete").addEventListener("click", () => { put(null); say("gone"); part("start").focus(); });
  input.addEventListener("change", () => { show(input.files[0] || null); say(""); });
  /* Who presses on while it still records: it stops, and what was said goes along. */
  form.addEventListener("submit", (event) => {
    if (!recorder || event.defaultPrevented) return;
    event.preventDefault();
    box.addEventListener("recorded", () => (event.submitter || form.querySelector(".btn--main")).click(), { once: true });
    stop();
  });
  box.hidden = false;
  show(input.files[0] || null);
}

if (window.MediaRecorder && navigator.mediaDevices?.getUserMedia) {
  for (const field of document.querySelectorAll("[data-voice]")) begin(field);
}
