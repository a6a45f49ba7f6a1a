using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading;
using PgSecurity.Endurance.Sampling;
using Xunit;

namespace PgSecurity.Endurance.Tests;

/// <summary>A gauge that shows nothing would call everything flat: each is shown something that is left behind.</summary>
public sealed class GaugeTests : IDisposable
{
    private const int Many = 40;
    private readonly string _folder = Directory.CreateTempSubdirectory("pgsecurity-gauges-").FullName;
    private readonly RunspaceLedger _ledger = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public GaugeTests() => _listener.Start();

    public void Dispose()
    {
        _listener.Stop();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Memory_is_seen()
    {
        double before = Read("managed memory, MB");
        List<byte[]> left = Enumerable.Range(0, Many).Select(_ => new byte[1024 * 1024]).ToList();
        Assert.InRange(Read("managed memory, MB") - before, Many / 2, Many * 2);
        GC.KeepAlive(left);
    }

    [Fact]
    public void Files_and_handles_are_seen()
    {
        double before = Read("handles but for those sockets");
        List<FileStream> left = Enumerable.Range(0, Many).Select(number => File.Create(Path.Combine(_folder, number + ".tmp"))).ToList();
        Assert.Equal(Many, Read("temporary files"));
        Assert.True(Read("handles but for those sockets") - before > Many / 2);
        left.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public void Sockets_are_seen()
    {
        List<TcpClient> left = Enumerable.Range(0, Many).Select(_ => new TcpClient("127.0.0.1", Port)).ToList();
        Assert.Equal(Many, Read("sockets to servers"));
        left.ForEach(client => client.Dispose());
    }

    [Fact]
    public void Threads_are_seen()
    {
        double before = Read("threads");
        using ManualResetEventSlim end = new();
        List<Thread> left = Enumerable.Range(0, Many).Select(_ => new Thread(end.Wait)).ToList();
        left.ForEach(thread => thread.Start());
        Assert.True(Read("threads") - before > Many / 2);
        end.Set();
        left.ForEach(thread => thread.Join());
    }

    [Fact]
    public void A_runspace_that_somebody_holds_is_seen_and_no_other()
    {
        Runspace held = Closed();
        CloseAnother();
        ProcessGauges.LetGo();
        Assert.Equal(1, Read("runspaces that were closed and are still held"));
        GC.KeepAlive(held);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CloseAnother() => Closed();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Runspace Closed()
    {
        Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        runspace.Dispose();
        _ledger.Closed(runspace);
        return runspace;
    }

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    private double Read(string name) =>
        ProcessGauges.All(_ledger, _folder, () => [Port], () => Environment.ProcessId).Single(gauge => gauge.Name == name).Read();
}
