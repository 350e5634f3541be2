/** Form of the code of a member, and of a custodian. */
export const MEMBER_CODE_FORM = /^(?=.{4,40}$)[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*$/;
/** Form of the name of an epoch, such as `2027-1`. */
export const EPOCH_FORM = /^[0-9]{4}-[0-9]{1,2}$/;
/** Form of an alert's id. */
export const ALERT_ID_FORM = /^alert:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Form of a SHA-256 hash in base64url. */
export const HASH_FORM = /^[A-Za-z0-9_-]{43}$/;
/** Form of a `jti`. */
export const JTI_FORM = /^[A-Za-z0-9_-]{16,64}$/;
/** Form of a compact JWS or JWE. */
export const COMPACT_FORM = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*){2,4}$/;
/** Form of the address of a custodian or an accord. */
export const ADDRESS_FORM = /^https?:\/\/[^\s]{1,200}$/;

/** The earliest and the latest instant that is taken, seconds since 1970: 2020 to 2100. */
export const EARLIEST = 1_577_836_800;
export const LATEST = 4_102_444_800;
