// Everything an attendee's page does beyond plain HTML.
import "./announce.js";
import "./sequence.js";
import "./draft.js";
import "./counter.js";
import "./clock.js";
import "./sending.js";
import "./focus.js";
import "./follow.js";
