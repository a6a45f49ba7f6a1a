using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.NetworkInformation;

namespace PgSecurity.Endurance.Sampling;

/// <summary>What is read of this process, and of the sandbox's where the operating system tells.</summary>
internal static class ProcessGauges
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>What the process's one pool of connections keeps for the next request, at most (Azure.Core), each for a minute or so.</summary>
    private const int IdleConnections = 50;

    /// <summary>All gauges.</summary>
    /// <param name="runspaces">The runspaces that the rounds opened.</param>
    /// <param name="temporary">The folder of temporary files.</param>
    /// <param name="servers">The ports of the servers that the rounds speak to.</param>
    /// <param name="sandbox">The sandbox's process, as it is at the moment.</param>
    public static IReadOnlyList<Gauge> All(RunspaceLedger runspaces, string temporary, Func<IReadOnlyCollection<int>> servers, Func<int> sandbox) =>
    [
        new("managed memory, MB", 0.03, 1, true, () => GC.GetTotalMemory(forceFullCollection: true) / Megabyte),
        new("working set, MB", 0.05, 16, true, () => Environment.WorkingSet / Megabyte),
        new("handles but for those sockets", 0, 8, true, () => HandlesOf(Environment.ProcessId) - SocketsTo(servers())),
        new("threads", 0, 8, true, () => ThreadsOf(Environment.ProcessId)),
        new("sockets to servers", 0, IdleConnections, true, () => SocketsTo(servers())),
        new("runspaces that were closed and are still held", 0, 1, false, () => runspaces.Held),
        new("temporary files", 0, 0, false, () => Directory.EnumerateFileSystemEntries(temporary, "*", SearchOption.AllDirectories).Count()),
        new("handles of the sandbox", 0, IdleConnections + 8, true, () => HandlesOf(sandbox())),
        new("threads of the sandbox", 0, 8, true, () => ThreadsOf(sandbox())),
    ];

    /// <summary>Lets go of all that nobody holds, so that what is read afterwards is what is held.</summary>
    public static void LetGo()
    {
        for (int time = 0; time < 3; time++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }

    /// <summary>Connections of TCP to one of the ports that are open or that this side has not closed.</summary>
    public static int SocketsTo(IReadOnlyCollection<int> ports) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Count(connection => ports.Contains(connection.RemoteEndPoint.Port) && connection.State is (TcpState.Established or TcpState.CloseWait or TcpState.SynSent));

    /// <summary>Handles; on Linux file descriptors.</summary>
    public static int HandlesOf(int process) => OperatingSystem.IsLinux()
        ? Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Count()
        : With(process, one => one.HandleCount);

    /// <summary>Threads of the operating system.</summary>
    public static int ThreadsOf(int process) => With(process, one => one.Threads.Count);

    private static int With(int process, Func<Process, int> read)
    {
        using Process one = Process.GetProcessById(process);
        return read(one);
    }
}
