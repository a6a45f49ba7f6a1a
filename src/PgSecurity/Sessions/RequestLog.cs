using System.Collections.Concurrent;
using System.Management.Automation;

namespace PgSecurity.Sessions;

/// <summary>A line for each request, kept until the pipeline's thread shows it with <c>-Debug</c>. The oldest go first.</summary>
internal sealed class RequestLog
{
    private const int MostLines = 2000;
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>Takes a line, on any thread.</summary>
    public void Add(string line)
    {
        _lines.Enqueue(line);
        while (_lines.Count > MostLines && _lines.TryDequeue(out _))
        {
        }
    }

    /// <summary>Shows what there is. Called on the pipeline's thread.</summary>
    public void Show(Cmdlet cmdlet)
    {
        while (_lines.TryDequeue(out string? line))
        {
            cmdlet.WriteDebug(line);
        }
    }
}
