// Writes a genuine trace log: records as .NET's own listener formats them, nested exceptions with real stacks, all footers.
// Built and run by the tests where Mono is installed:
//   mcs -d:TRACE -out:TraceWriter.exe TraceWriter.cs && mono TraceWriter.exe <log> <records> [footers]
using System;
using System.Diagnostics;

public static class TraceWriter
{
    public static int Main(string[] arguments)
    {
        var listener = new TextWriterTraceListener(arguments[0]);
        if (arguments.Length > 2)
            listener.TraceOutputOptions = (TraceOptions)Enum.Parse(typeof(TraceOptions), arguments[2]);
        var source = new TraceSource("CceService", SourceLevels.All);
        source.Listeners.Clear();
        source.Listeners.Add(listener);
        int records = int.Parse(arguments[1]);
        for (int number = 0; number < records; number++)
            Write(source, number);
        source.Flush();
        source.Close();
        return 0;
    }

    private static void Write(TraceSource source, int number)
    {
        switch (number % 5)
        {
            case 0:
                source.TraceEvent(TraceEventType.Information, number, "Detection cycle {0} finished.", number);
                break;
            case 1:
                source.TraceEvent(TraceEventType.Error, 0, "Unexpected exception when reporting status to online: " + Failure());
                break;
            case 2:
                source.TraceEvent(TraceEventType.Warning, -number, "");
                break;
            case 3:
                source.TraceEvent(TraceEventType.Verbose, 0, "A body\r\n\r\n    CceService Error: 0 : a quoted record\r\nwith a tail");
                break;
            default:
                source.TraceTransfer(0, "Transfer", Guid.Empty);
                break;
        }
    }

    private static Exception Failure()
    {
        try
        {
            try { Inner(); }
            catch (Exception inner) { throw new InvalidOperationException("The session ended.", inner); }
        }
        catch (Exception outer) { return outer; }
        return null;
    }

    private static void Inner()
    {
        throw new TimeoutException("The operation has timed out.", new ArgumentException("Value is out of range.", "delay"));
    }
}
