import type { ChannelKind } from '../channel.ts';
import { email } from './email/channel.ts';
import { pagerduty } from './pagerduty/channel.ts';
import { slack } from './slack/channel.ts';
import { webhook } from './webhook/channel.ts';

/** Every kind of channel. Adding one: its folder, and a line here. */
export const CHANNEL_KINDS: readonly ChannelKind[] = [email, pagerduty, slack, webhook];
