import { describe, expect, it } from 'vitest';
import { parseExceptions } from '../../src/parsers/exceptions.js';

/** "depth type: message [frames]", short enough to read a chain at a glance. */
function chain(text: string): string[] {
  return parseExceptions(text).map(({ depth, type, message, frames }) => `${depth} ${type}: ${message} [${frames}]`);
}

describe('a chain of the .NET Framework', () => {
  it('is read from one line and its end markers', () => {
    const text = [
      'System.Web.Services.Protocols.SoapException: Outer failed. ---> System.Net.WebException: Middle failed. ---> System.TimeoutException: Inner failed.',
      '   at Contoso.Inner.Connect(String host, Int32 port)',
      '   at Contoso.Inner.Open() in F:\\src\\Inner.cs:line 12',
      '   --- End of inner exception stack trace ---',
      '   at Contoso.Middle.Send()',
      '   --- End of inner exception stack trace ---',
      '   at Contoso.Outer.Invoke(Object[] args)',
    ].join('\r\n');
    expect(chain(text)).toEqual([
      '0 System.Web.Services.Protocols.SoapException: Outer failed. [1]',
      '1 System.Net.WebException: Middle failed. [1]',
      '2 System.TimeoutException: Inner failed. [2]',
    ]);
  });

  it('may follow other text on its first line', () => {
    const text =
      'Unexpected exception when reporting status to online: System.Management.Automation.CmdletInvocationException: ' +
      'Logon failed for the user admin@contoso.example. ---> Microsoft.Online.AuthenticationException: Denied.\n' +
      '   at Microsoft.Online.Session.Open()';
    expect(chain(text)).toEqual([
      '0 System.Management.Automation.CmdletInvocationException: Logon failed for the user admin@contoso.example. [0]',
      '1 Microsoft.Online.AuthenticationException: Denied. [1]',
    ]);
  });

  it('may end at its arrow: the inner exception is cut off or on the next line', () => {
    expect(chain('System.Exception: Logon failed. --->')).toEqual(['0 System.Exception: Logon failed. [0]']);
    expect(chain('System.Exception: Logon failed. --->\nSystem.TimeoutException: Late.')).toEqual([
      '0 System.Exception: Logon failed. [0]',
      '1 System.TimeoutException: Late. [0]',
    ]);
  });

  it('keeps messages of several lines together, inner ones too', () => {
    const text = [
      'System.InvalidOperationException: Failed',
      'Details: none ---> System.ArgumentException: Value does not fall within the expected range.',
      'Parameter name: site',
      '   at Contoso.Site.Set(String site)',
      '   --- End of inner exception stack trace ---',
      '   at Contoso.Site.Register()',
    ].join('\n');
    expect(chain(text)).toEqual([
      '0 System.InvalidOperationException: Failed\nDetails: none [1]',
      '1 System.ArgumentException: Value does not fall within the expected range.\nParameter name: site [1]',
    ]);
  });

  it('takes text after a blank line for a message only when a stack trace follows it', () => {
    const message = 'System.Exception: First\n\nSecond';
    expect(parseExceptions(`${message}\n   at Contoso.Site.Register()`)[0]!.message).toBe('First\n\nSecond');
    expect(parseExceptions(message)[0]!.message).toBe('First');
  });

  it('leaves an arrow that no type follows in the message', () => {
    expect(chain('System.Exception: moved a ---> b today')).toEqual(['0 System.Exception: moved a ---> b today [0]']);
  });

  it('reads types without a message, nested types and generic ones', () => {
    const text = [
      'System.OperationCanceledException',
      '   at Contoso.Worker.Run()',
      '',
      'Contoso.Outer+NestedException ---> System.ServiceModel.FaultException`1[System.ServiceModel.ExceptionDetail]: Bad.',
      '   --- End of inner exception stack trace ---',
    ].join('\n');
    expect(chain(text)).toEqual([
      '0 System.OperationCanceledException:  [1]',
      '0 Contoso.Outer+NestedException:  [0]',
      '1 System.ServiceModel.FaultException`1[System.ServiceModel.ExceptionDetail]: Bad. [0]',
    ]);
  });

  it('does not count the line between two parts of a rethrown trace', () => {
    const text = [
      'System.Exception: Failed',
      '   at Contoso.A.Run()',
      '--- End of stack trace from previous location where exception was thrown ---',
      '   at System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw()',
    ].join('\n');
    expect(chain(text)).toEqual(['0 System.Exception: Failed [2]']);
  });

  it('finds several chains in one body', () => {
    const text =
      'first System.IO.IOException: a\n   at A.B()\nthen System.TimeoutException: b\n   at A.C()\n   at A.D()';
    expect(chain(text)).toEqual(['0 System.IO.IOException: a [1]', '0 System.TimeoutException: b [2]']);
  });
});

describe('a chain of .NET Core', () => {
  it('has its arrows on lines of their own', () => {
    const text = [
      'System.Exception: Outer',
      ' ---> System.Exception: Inner',
      '   at Contoso.A.Inner()',
      '   --- End of inner exception stack trace ---',
      '   at Contoso.A.Outer()',
      '   at Contoso.A.Main()',
    ].join('\n');
    expect(chain(text)).toEqual(['0 System.Exception: Outer [2]', '1 System.Exception: Inner [1]']);
  });
});

describe('an AggregateException', () => {
  it('has its branches as children', () => {
    const text = [
      'System.AggregateException: One or more errors occurred. ---> System.TimeoutException: First.',
      '   at Contoso.A.One()',
      '   --- End of inner exception stack trace ---',
      '   at System.Threading.Tasks.Task.Wait()',
      '---> (Inner Exception #0) System.TimeoutException: First.',
      '   at Contoso.A.One()<---',
      '',
      '---> (Inner Exception #1) System.IO.IOException: Second. ---> System.Exception: Deeper.',
      '   at Contoso.A.Deeper()',
      '   --- End of inner exception stack trace ---',
      '   at Contoso.A.Two()<---',
      '',
    ].join('\r\n');
    expect(chain(text)).toEqual([
      '0 System.AggregateException: One or more errors occurred. [1]',
      '1 System.TimeoutException: First. [1]',
      '1 System.TimeoutException: First. [1]',
      '1 System.IO.IOException: Second. [1]',
      '2 System.Exception: Deeper. [1]',
    ]);
  });

  it('may be the branch of another, and its labels are localised', () => {
    const text = [
      'System.AggregateException: Außen.',
      '---> (Interne Ausnahme #0) System.AggregateException: Innen.',
      '---> (Interne Ausnahme #0) System.Exception: Tief.<---',
      '<---',
      '---> (内部异常 #1) System.IO.IOException: Second.<---',
    ].join('\n');
    expect(chain(text).map((line) => line.slice(0, 30))).toEqual([
      '0 System.AggregateException: A',
      '1 System.AggregateException: I',
      '2 System.Exception: Tief. [0]',
      '1 System.IO.IOException: Secon',
    ]);
  });
});

describe('an exception with a code', () => {
  it('prints the code after its type and no end marker after what it holds', () => {
    const text = [
      'System.Exception: Outer ---> System.Runtime.InteropServices.COMException (0x8009000b): Key. ---> System.IO.IOException: Inner',
      '   at Contoso.A.Inner()',
      '   at Contoso.A.Com()',
      '   --- End of inner exception stack trace ---',
      '   at Contoso.A.Outer()',
    ].join('\n');
    expect(chain(text)[0]).toBe('0 System.Exception: Outer [1]');
    expect(parseExceptions(text).map(({ hresult, frames }) => [hresult, frames])).toEqual([
      [null, 1],
      ['0x8009000B', 0],
      [null, 2],
    ]);
  });

  it('may have no message, or the code in its message', () => {
    expect(parseExceptions('System.ComponentModel.Win32Exception (0x80004005)')[0]).toEqual({
      type: 'System.ComponentModel.Win32Exception',
      message: '',
      hresult: '0x80004005',
      depth: 0,
      frames: 0,
    });
    const text = 'System.IO.FileLoadException: Could not load. (Exception from HRESULT: 0x80131040)';
    expect(parseExceptions(text)[0]!.hresult).toBe('0x80131040');
  });
});

describe('stack traces in other languages', () => {
  it.each([
    ['de', 'bei', '--- Ende der internen Ausnahmestapelüberwachung ---'],
    ['fr', 'à', "--- Fin de la trace de la pile d'exception interne ---"],
    ['fr, typographic', 'à', '--- Fin de la trace de la pile d’exception interne ---'],
    ['es', 'en', '--- Fin del seguimiento de la pila de la excepción interna ---'],
    ['it', 'in', "--- Fine della traccia dello stack dell'eccezione interna ---"],
    ['ja', '場所', '--- 内部例外スタック トレースの終わり ---'],
    ['ru', 'в', '--- Конец трассировки внутреннего стека исключений ---'],
    ['zh-CN', '在', '--- 内部异常堆栈跟踪的结尾 ---'],
    ['an unknown language', 'ved', '--- Slutt på det indre unntaket ---'],
    ['garbled French', 'Ã\u00a0', "--- Fin de la trace de la pile d'exception interne ---"],
    ['a lost character', '\uFFFD', '--- Fim do rastreamento de pilha de exce\uFFFDes internas ---'],
  ])('%s', (_, at, end) => {
    const text = [
      'System.Exception: Outer ---> System.Exception: Inner',
      `   ${at} System.Net.Sockets.Socket.Connect(EndPoint remote)`,
      `   ${at} Contoso.A.<>c__DisplayClass5_0.<Run>b__0(Object x) F:\\a.cs:5`,
      `   ${end}`,
      `   ${at} Contoso.A..ctor()`,
    ].join('\n');
    expect(chain(text)).toEqual(['0 System.Exception: Outer [1]', '1 System.Exception: Inner [2]']);
  });

  it('knows the German line between two parts of a trace', () => {
    const previous = '--- Ende der Stapelüberwachung vom vorhergehenden Ort, an dem die Ausnahme ausgelöst wurde ---';
    expect(chain(`System.Exception: x\n   bei A.B()\n${previous}\n   bei A.C()`)).toEqual([
      '0 System.Exception: x [2]',
    ]);
  });

  it('does not take a sentence in a message for a frame', () => {
    const text = 'System.Exception: x\n   see System.Foo (the manual)\n   or ask Get.Help(now) again';
    expect(parseExceptions(text)[0]!.frames).toBe(0);
  });
});

describe('text without an exception', () => {
  it.each([
    '',
    'CceService is running.',
    'Exception calling "DownloadFile" with "2" argument(s): "Unable to connect"',
    'An Exception: none of ours',
    '    + CategoryInfo          : InvalidArgument: (:) [ConvertTo-SecureString], CryptographicException',
    '    + FullyQualifiedErrorId : System.IO.FileNotFoundException,Microsoft.PowerShell.Commands.ImportModuleCommand',
    'C:\\Logs\\System.Exception: file',
    '   at System.Foo.Bar()',
  ])('%j', (text) => {
    expect(parseExceptions(text)).toEqual([]);
  });
});

describe('hostile text', () => {
  const megabyte = (piece: string) => piece.repeat(Math.ceil((1 << 20) / piece.length));

  it.each([
    ['arrows', `System.Exception: ${megabyte('---> ')}`],
    ['nested chains', megabyte('A.BException: x ---> ')],
    ['types', megabyte('aException ')],
    ['one long name', `A${megabyte('.Exception')}`],
    ['open brackets', megabyte('A.BException`1[[')],
    ['closers', `A.AggregateException: x\n${megabyte('<---')}`],
    ['branches', `A.AggregateException: x\n${megabyte('---> (Inner Exception #0) A.BException: y\n')}`],
    ['frames below a long message', `A.BException: ${megabyte('m')}\n${megabyte('   at A.B()\n')}`],
    ['a frame without end', `A.BException: x\n   at ${megabyte('a.')}`],
    ['markers', `A.BException: x\n${megabyte('   --- a ---\n')}`],
    ['blank lines', `A.BException: x\n${megabyte('\n')}`],
    ['spaces', `A.BException${megabyte(' ')}x`],
    ['control characters', megabyte('\0\u001b[31m\ud800')],
  ])('%s take no time', (_, text) => {
    const start = performance.now();
    expect(parseExceptions(text).length).toBeLessThanOrEqual(200);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
