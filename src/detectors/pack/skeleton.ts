/** A signature to begin with: it is valid as it stands, so that each edit can be checked. English, as all signatures are. */
export const SKELETON_ID = 'my-failure';

/** The text of a signature file of this id. */
export function skeleton(id: string): string {
  return `# A failure of your own. Every line below is an example: replace it, then
#   ccelog signatures lint <this file>
#   ccelog signatures test <this file>
#   ccelog analyze <log> --signatures <folder of this file>
# CONTRIBUTING.md tells what else there is. The name of the file is the id.
id: ${id}
title: A gateway refuses the call
severity: error # info, warning, error or critical
status: experimental # stable once you trust it; deprecated
versions: any # the product versions that have this failure, such as ">=2.0.0 <2.1.0"
detection: text # state: seen in what was collected of an appliance, not in a message
appearsIn: [trace-log, console, event-log]
cause: >-
  Why it happens, in one or two sentences.
match: # one of these has to hold; in each of them, all conditions
  - note: the message in the service log
    all:
      # XRegExp in free spacing, on the text without its blanks: write the message as it reads. \\. is a full stop.
      - text: Gateway (?<gateway>[A-Za-z0-9-]{1,63}) refused the call with code {{number}}
entities:
  gateway: name of the gateway
groupBy: [gateway] # another gateway is another incident
fixes: # for each range of versions; steps in order, one command at most in each
  - id: restart-gateway
    title: Restart the gateway
    versions: any
    steps:
      - text: See whether the gateway answers.
        command: Test-NetConnection gw-1 -Port 5061
        where: host # host, vm or tenant
      - text: Restart the gateway.
versionUnknown: How to find out which fix is right. Here it is the same for every version.
falsePositives:
  - When the message means something else.
references:
  - "Where this is written, such as a page or a ticket"
keywords: [gateway, refused]
examples: # two at least of each
  match:
    - in: trace-log
      text: |
        CceService Error: 0 : Gateway gw-1 refused the call with code 503
            DateTime=2018-09-07T10:40:37.3875187Z
    - in: trace-log
      text: "CceService Warning: 0 : Gateway gw-2 refused the call with code 486"
  noMatch:
    - why: the call was taken
      in: trace-log
      text: "CceService Information: 0 : Gateway gw-1 accepted the call"
    - why: another part refused it
      in: trace-log
      text: "CceService Error: 0 : Mediation Server refused the call with code 503"
`;
}
