import "./autosubmit/autosubmit";
import "./copy/copy";
import "./countdown/countdown";
import "./dialog-confirm/dialog-confirm";
import "./opens/opens";
import "./text-size/text-size";
