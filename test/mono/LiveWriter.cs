// Writes a trace log as it is told to, line by line on standard input, and answers each line when it is done:
//   trace <type> <text>   one record; \n in the text stands for a line break
//   flush                 what the listener still holds goes into the file
//   end
// Built and run by the tests where Mono is installed:
//   mcs -d:TRACE -out:LiveWriter.exe LiveWriter.cs && mono LiveWriter.exe <log> [autoflush] [busy] [footers=<footers>]
// With "busy" it finds the log in use, as it would on Windows where another process writes to it: a handle that shares
// reading only, which is how the listener opens its file. Mono enforces that within one process, not between two. What the
// listener does then is its own doing: it puts a GUID before the name.
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

public static class LiveWriter
{
    public static int Main(string[] arguments)
    {
        string path = arguments[0];
        string footers = arguments.Where(one => one.StartsWith("footers=")).Select(one => one.Substring(8)).FirstOrDefault();
        Trace.AutoFlush = arguments.Contains("autoflush");
        using (arguments.Contains("busy") ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read) : null)
        {
            var listener = new TextWriterTraceListener(path);
            if (footers != null)
                listener.TraceOutputOptions = (TraceOptions)Enum.Parse(typeof(TraceOptions), footers);
            var source = new TraceSource("CceService", SourceLevels.All);
            source.Listeners.Clear();
            source.Listeners.Add(listener);
            Obey(source);
            source.Close();
        }
        return 0;
    }

    private static void Obey(TraceSource source)
    {
        for (string line = Console.ReadLine(); line != null && line != "end"; line = Console.ReadLine())
        {
            string[] words = line.Split(new[] { ' ' }, 3);
            if (words[0] == "flush")
                source.Flush();
            else
                source.TraceEvent((TraceEventType)Enum.Parse(typeof(TraceEventType), words[1]), 0, words[2].Replace("\\n", "\n"));
            Console.WriteLine("done");
        }
    }
}
