// What scripts add to pages that work without them: each part is a module of its own.
import "./jump.js";
import "./keys.js";
import "./form.js";
import "./mention.js";
import "./record.js";
import "./account.js";
import "./passkey.js";
import "./soa.js";
import "./again.js";
import "./gap.js";
