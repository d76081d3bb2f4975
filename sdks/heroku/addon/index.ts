import { registerResources } from "../utilities";
import { Addon } from "./addon";
import { Attachment } from "./attachment";

export { Addon, type AddonArgs, type AddonState } from "./addon";
export { Attachment, type AttachmentArgs, type AttachmentState } from "./attachment";
export { type GetAddonArgs, type GetAddonResult, getAddonOutput } from "./getAddon";

registerResources(Addon, Attachment);
