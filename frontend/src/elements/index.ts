import "./autosubmit/autosubmit";
import "./copy/copy";
import "./countdown/countdown";
import "./dialog-confirm/dialog-confirm";
import "./goes-on/goes-on";
import "./live-check/live-check";
import "./opens/opens";
import "./text-size/text-size";
