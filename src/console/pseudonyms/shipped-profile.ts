import { readLinkageProfile, type LinkageProfile } from '../../protocol/linkage/index.js';
import frequencies from '../../../schema/linkage/frequencies.json?raw';
import profile from '../../../schema/linkage/profile.json?raw';

let read: LinkageProfile | null = null;

/** The profile of linkage keys that was built in with the console. */
export function shippedProfile(): LinkageProfile {
  return (read ??= readLinkageProfile(profile, frequencies));
}
