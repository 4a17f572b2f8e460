// The emoji that Paperboy and its users are likely to write, by Slack's names.

export const EMOJI = {
  "+1": "👍", "-1": "👎", thumbsup: "👍", thumbsdown: "👎", eyes: "👀", heart: "❤️", tada: "🎉",
  fire: "🔥", rocket: "🚀", bookmark: "🔖", star: "⭐", star2: "🌟", sparkles: "✨", bulb: "💡",
  newspaper: "📰", page_facing_up: "📄", books: "📚", book: "📖", memo: "📝", pencil: "📝",
  pencil2: "✏️", mag: "🔍", mag_right: "🔎", link: "🔗", paperclip: "📎", pushpin: "📌",
  chart_with_upwards_trend: "📈", bar_chart: "📊", calendar: "📅", date: "📅", clock9: "🕘",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", warning: "⚠️", information_source: "ℹ️",
  white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", question: "❓", exclamation: "❗",
  no_entry: "⛔", arrow_up: "⬆️", arrow_up_small: "🔼", arrow_down: "⬇️", arrow_right: "➡️",
  small_blue_diamond: "🔹", large_blue_circle: "🔵", red_circle: "🔴", robot_face: "🤖",
  brain: "🧠", microscope: "🔬", telescope: "🔭", test_tube: "🧪", gear: "⚙️", wrench: "🔧",
  hammer_and_wrench: "🛠️", computer: "💻", speech_balloon: "💬", thought_balloon: "💭",
  thinking_face: "🤔", smile: "😄", slightly_smiling_face: "🙂", joy: "😂", wave: "👋",
  pray: "🙏", clap: "👏", raised_hands: "🙌", ok_hand: "👌", muscle: "💪", point_right: "👉",
  point_up: "☝️", sunny: "☀️", sunrise: "🌅", coffee: "☕", bell: "🔔", no_bell: "🔕", lock: "🔒",
  key: "🔑", label: "🏷️", trophy: "🏆", first_place_medal: "🥇", dart: "🎯", zap: "⚡",
  globe_with_meridians: "🌐", kr: "🇰🇷", us: "🇺🇸", "100": "💯", one: "1️⃣", two: "2️⃣",
  three: "3️⃣", four: "4️⃣", five: "5️⃣", six: "6️⃣", seven: "7️⃣", eight: "8️⃣", nine: "9️⃣",
  keycap_ten: "🔟", inbox_tray: "📥", outbox_tray: "📤", mailbox: "📫", package: "📦",
};

export const QUICK = ["+1", "eyes", "bookmark", "heart", "tada", "thinking_face"];
