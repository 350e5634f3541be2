/** `LinkageAgreement` as it comes over the wire. */
export interface LinkageAnswer {
  readonly profile: string;
  readonly custodians: readonly { readonly code: string; readonly url: string; readonly thumbprint: string }[];
  readonly epochs: readonly { readonly statements: readonly string[] }[];
}

export const LINKAGE = `query Linkage {
    linkage { profile custodians { code url thumbprint } epochs { statements } }
  }`;
