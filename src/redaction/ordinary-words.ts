/**
 * Words that identify nobody, though a host or a site may be called like one: those of the signatures, of the formats and
 * of everyday prose about servers. A name that is one of them is replaced where a place says that it is a name (a field of
 * the report, an address, a path), and left alone in prose: a report in which each "host" were a pseudonym could not be read.
 */
const ORDINARY = new Set(
  `
  allow checkpoint deploys domains dot elsewhere expect got joined limits meanwhile onmicrosoft pools ports router snapshot spaces speaks
  able about above abs absence absent accepted access accordingly account accounts accounttype across action active
  adapter adapters add added adding additional addomain address addresses addressfamily adds admin administrator
  administrators admins after afterwards again agent ahead alias align alike all allevidence allowed allows alone
  along already also alternative although always among amp analyses analysis analyze and anew announce announced
  anonymous another ansi answer answered answeredby answers anti any anyof anyone anything apart api apos apostrophe
  app appdata appear appears appearsin appliance appliancename applianceroot appliances application applications apply
  approot approve apr april archive archives are around arp array artifact artifacts ask asked asks asof assign async
  atleast attempt attempts attribute audio aug august auoptions authenticate authentication author authority auto
  automatic autosize availability avoid await away back backslashes backup backupbits backups bad bar bare base
  baseline baselinestate bases basevmip basis because become becomes been before began begin beginning begins behind
  being believe belong belongs below beside best between beware big binary bit bitprocess bits black blank blanks
  block blocked blocks blog blue body bold bom boolean both boxes branch break breaks bring brings broke broken
  brought buffer build builds built builtin bundle bundles business but button byfirstseen byid bypass byreason byte
  byteend bytelength byteoffset bytes bytesofsource bytestart cabackupfile cache call called callee caller calls came
  can cannot cannotrecover capture captures carried carries carry carrying cas case cases catch cause ccappliance
  cccredential ccdownload cce ccelog ccelogincident cceroot cceservice cchainstance ccinstance ccisotovhdx ccupdate
  ccversion ceil cell celllines cells central centre cer cert certificate certificates certification certs certutil
  chain change changed changes changing channel channellines channels char character characters charat charcodeat
  chart check checked checking checks childitem choose chosen city classname clean cleanup clear click client clixml
  clock close cloud cloudconnector cmd cmdlet cmdlets cms code codeunits collect collected collectedtext collection
  colon color colors colour colours coloursfor column columnkind columns columnsof com come comes command commands
  comment common companions compare compared compiled complains complete compromise compromised computer computername
  concerns condition conditions conference conferencing config configs configuration configure confirm conflict
  connect connected connection connector connects consists console consoles const contains content context continue
  continues control controller controls conversion convert copied copies copy core corp corpnet corporate correct
  corrected could count counted countrycode counts cover cpu create createcolors created createrequire creates
  creationtime creator credential credentials critical cross csv culprit current currentvalue customer cut cuts cyan
  daemon daily damaged dark data date dates day days daysafter debug dec december decide decision decode decodetext
  decoding decrypted dedicated default defender define defs delay delete deleted deletes deleting delivered
  deliveredat demo depend depends deploy deployed deploying deployment deprecated depth describe describes description
  deserves desktop details detect detected detectencoding detection dev development dhcp diagnostics did diff differ
  difference differences different differs difftext digest digestof digit digits dim direction directions directory
  dirname disabled disconnect disconnected disconnects disk dism dismount display displayname distinct distributes div
  dns dnsname dnsroot doc docs document documented documents does domain domainadmin done dotnet doubles doubling down
  download downloads downtime dpapi draft drained draining drawn draws drive driveletter driver drop dry dryruntext
  dump dumps duplicate duration during dword each earlier earliest east edge edgeserver edited edition editions editor
  effect eight either element elevated ellipsis else emoji empty emptyheader enable enabled encode encoded encoding
  encodingnamed encrypted end ended endoflogs ends endswith enough enter entered entities entity entries entry
  entrytext enum env environment eof episode episodelines episodes episodestext equal equals errata erred error
  erroraction errorid errors escalation escape escapes estimated even event eventline eventlog eventlogform eventlogs
  events ever every everyone everything everywhere evidence evidenceline evidencetext evtx exact exactly example
  examples excel exception exceptions excerpt exclude exclusion exclusionpath exclusions exe exec execution exist
  existing exists exit exitcode expandproperty expected experimental expire expired expires expiry explains explicit
  export exported exportedconfig exports expression extends external fact factpattern facts fail failed failing fails
  failure failureof failures false falsepositives far fault faults feb february feeds feff fence fetch fetches few
  fffd field fifth figure file filepath files filled filter find findindex findings finds fingerprint fingerprints
  finish finished firewall first firstheader firsthit firstseen firsttime fit fits fitted fitting five fix fixed fixes
  fixesfor fixestext fixmarkdown fixstep fixtext flags flat flatmap float floor fold folded foldedincident folder
  folders folds follow following follows font for force foreach forest form format formats formed formula found
  foundevidence foundexample four fourth fqdn fraction framework free fresh freshly fri friday from fromentries front
  fruitless ftp full fullname func function further gap gates gateway gateways gather gathered gave generalizeonly
  generic get gets git github give given gives glance global goes going gone good granted gray green grey grid
  gridoptions group groupby grouped groups growing grows guest guests guid had half hand hands hangs happened happens
  hard hardening hardware harm harmless has hasheader have head header heals health healthy heat height help helped
  helps here hex hexadecimal hidden hides high history hit hits hklm hold holds holes home hook host hosting hostname
  hosts hotfix hotfixv hour hours how href html http https hub hybrid hyper hyperv hyphen identity identityline idle
  ids ignore ignored image images img import imported importers imports inbound inc incident incidents incidentstatus
  incidenttable incidenttext includes indent index infinity info information informational informationuri ini inis
  init initial injection inline input inrange inrecord inside install installation installed installer installing
  installs instance instances instant instead int integer integration intended interface interfacealias intermediate
  intermediates internal internet interval intl into invalid invalidbytes invitation invite invocations invoke
  ipaddress ipaddresses ipconfig ipv isafter isbinary iscode iscommon isdistinct ise isevtx isfirst isheader isini
  islooked isnamed isnear iso isof isofilepath isopen isover issame isseenagain issingle isstate issue issued issuer
  issues istext item itemproperty items itemtype its itself jan january java javascript join joins json judge
  judgeabsence jul july jun june junit just keep keeps kept keptlines kernel key keyof keys keywords kind kindof
  kindofsource kindoftext kinds known knownversion knows lab label labelled lack lacks lag lagbytes laid lan language
  last lasterror lastseen lasttime lastwritetime later latest latestofeach latin lay layout leads learned least leave
  leaves left leftout leftover length lengths less lesser let lets letter letters level levels lib libraries licence
  licences lies light like likely limit limited line lines linesaround link linux list listed lists little lives load
  loaded local localdomain locale localhost localmachine localroute location locations lock log logged logging
  loglines logname logon logs long longer longerthan longest longestrun look looked looks loop lose loss low lower
  lync macaddress machine machines made magic mail main maintenance make makes managed management manager manifest
  manual manually many map mar march margin mark markdown marked marklength marks mask masked masksecrets master match
  matched matchexample math matter max maxevents may mean meaning means meant measured med media mediation
  mediationfqdn medsvc member members membership memory mention merged message meta microsoft microsoftdocs mid middle
  min minimum minitems minus minute minutes misc missing mode model modify module modules moment momenttext mon monday
  monitor monitored month months more morning most mount mounted mountpoints mounts move moved moves mppreference msg
  msi mssql much multi must name named names nan narrow narrower nat native ndjson ndp near nearest nearly need needs
  needsremount neither net netadapter netadaptername netconnection netipaddress netsh network networks never new newer
  news next nic night nobody node nomatch nomatchexample none nor normally north not notafter notbefore note notepad
  notes notfound nothing nothingfound notification notifications notresolves nov november now nsources nul nulbytes
  null num number numbered numbers obeys object objs occur occurrence oct october off offers office officedocs offset
  offsets ofone ofsite often old older omsenabled once one ones online only open openbinary opened openedevidence
  openevidence openquestion operating operators ops option options orabsent ord order orders org origin original
  origins orphan orphaned orphanlines other others otherwise out outage outbound outermost output outputs outside over
  overlaps overrides oversized overwritten owasp own owner pace pacetext pack packed pad padding padend padstart page
  pages paint pair panel param parsers part partial partner partof parts pass passed passes password passwords past
  path pathname paths pattern patterntext pause paused pauses people per person pfx physical pick picocolors pid piece
  pieces pin ping pings pipeline place places plain plainname plan plus pod points policies policy policystore poll
  pool poolname port position positive positives possible post power powershell pre prefix prefixlength prepare
  prepares present previous primary primarycms print printable printableline prints private problem problemline
  problems procedure procedures process prod product production profile program programdata programfiles programs
  progress promise promised prompt proof properly properties property prove proves provided provider providername
  proxy pscomputername pscredential psmodulepath pssession pstn public publish pulse pulseline punctuation purpose
  push put quarantine question questions queue quickly quiet quot quote quoted ram ran range rar rate rather raw reach
  reaches read readable readat reader readheader reading readonly reads ready really reason reasons rebuilt receive
  receives recognise recognised recommended record records recover recovered recovers recovery recreate red redaction
  redeployment reduce ref reference references refused refuses reg region regions register registerdns registered
  registers registration registry regressed regular regularly rejected rejects rel related relative release releases
  rely remedy remote remove removed removes renamed render renderoptions renew renewal renewed renewing repair
  repaired repeat repeated repeats replace replaceall replaced replica replicator report reported reportformat
  reporting reports request require required reset resolution resolve resolved resolvedby resolves response rest
  restart restarted restarting restarts restore restored restores result resultof results resume retries retry return
  returned returns returntype reverse revokes rfc rgb right roaming role roleofword roles rolled room rooms root
  rootof roots rotates round route routed row rowlines rows rowsfor rpc rsop rtc rtcdataproxy rtcmediarelay rtcmedsrv
  rtcmrauth rtcsrv rule ruled ruleid ruleindex ruler rules rulesof run runas running runningbits runningline
  runningunknown runningversion runs runsof safe said sake same sample sampletext sarif sat saturday saved say says
  sbc scalar scan schedule schema schemas schemaversion scheme scope screen screenshot screenshots script scripts sda
  searched second secondary seconds secret secrets section sections secure securestring security see seems seen sees
  select selected selection semicolon semver sends sent sentence sep separates sept september serious server
  servername serverrole servers serves service services session sessions set sets setting settings settle settles
  setup seven several severities severity severitycolour sfb sha share shared sharedfaults shares shell short
  shorttime should show showed shown shownfixes shows shut side sign signalling signature signaturefix signatures
  signaturetable signaturetext signed silence silenced since single sip sipdomain sipdomains site sitename siteroot
  sites six size sized sizeremaining skip skipped skype slash slashed slave slice small smallest smbshare sms sniff
  snippet soft software some somebody something soon sort source sourcekind sourceline sourcereport sources south
  space span specified spell spelling split spreadsheet sql src ssd ssh ssl stable staff stage staging stale stand
  standby stands start started starting startline startmode startname starts startshere startswith starttime state
  stateexample stateof statequestion staterule static status statustext stay stayed stays std stderr stdin stdout step
  steps steptext still stop stopped stops store stored storedincident str stray stream string stringify stringwidth
  stuff style sub subarray subject subnet succeed succeeded succeeds success successful successfully such suggests sum
  summary sun sunday supply support suppressions sure svc svg switch switches switching switchname switchtype symptom
  symptomof symptoms sync synchronised sys system systemdrive systeminfo tab table tables tag tail tails take taken
  takes taking target team tel telephone tell tells temp template temporary ten tenant tenantadmin terminal test
  testcase testing tests testsuite testsuites text texts than that the their theirs them themselves then there these
  they thing this those though thousands thread three through throws thu thumbprint thursday thus ticket ticks tid
  tidied tie time timebasis timecreated timeline timer times tip tips title titles tls tmp today tofixed together told
  toldchannel toldepisode toldevent toldlog toldmanifest toldstatus tolowercase too tool top topology tostring total
  touppercase towards towellformed trace traces traffic training transcript transcripts tried tries trim trimend
  trimmed trouble troubleshoot true truncated truncation trust trusted trusts try tue tuesday turned turns twice two
  type typeof types typical udp ufeff uff ufffd ufffe uffff uid uint unchanged unclear undecodable undefined under
  underline understanding uninstall unit units unix unknown unknownerror unknownerrors unless unpack unpacked unread
  unregister until untouched unused update updated updates updating upgrade upgraded upgrading upper uptime uri
  uricomponent uriof uris url urn usable usablewidth use used user username userprofile users uses usr ustar usual
  usually utc utf util val valid value values valuetest valuetests var variable vendor verb verbose verdict verified
  verify version versioninfo versions versiontype versionunknown very vethernet via video view virtual virus vlan vma
  vmadmin vmms vmname vms vmsavedstate vmswitch voice voiceroutes void volume volumes vpn wait waiting waits walk wan
  want wanted wants warned warning warns was watch watched watches watching way web webhook wed wednesday week well
  went were west wevtutil what whatever when whenever where whether which while white whitespace who whole whose why
  wide wider width wifi will wim win window windows windowsimage windowsserver windowsupdate winevent winevt winhttp
  winrm with within without withreason withsites wmiobject word wording words wordsof work worked worker workgroup
  works worst worth worthless would wrap wrapansi wraplines wrapped wrapplain wraps write writes written wrong wsman
  wsus wsusserver www xac xae xaf xbc xml xmltext yaml year years yellow yes yesterday yet you younger your yours
  yourself zip zone
  `
    .trim()
    .split(/\s+/),
);

/** Whether a name is a word that anybody might write. */
export function isOrdinary(name: string): boolean {
  return ORDINARY.has(name.toLowerCase());
}
