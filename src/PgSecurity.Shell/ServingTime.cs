using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

namespace PgSecurity.Shell;

/// <summary>
/// How long a process serves: until Ctrl+C, a request to end (SIGTERM), or until whoever holds its standard input closes
/// it. An input that is at its end from the start, such as <c>/dev/null</c>, is held by nobody and ends nothing.
/// </summary>
internal sealed class ServingTime : IDisposable
{
    private static readonly TimeSpan TimeToSeeTheEnd = TimeSpan.FromMilliseconds(250);
    private readonly ManualResetEventSlim _ended = new();
    private readonly ManualResetEventSlim _inputEnded = new();
    private readonly PosixSignalRegistration[] _signals;
    private bool _inputIsHeld;

    /// <summary>Begins to watch.</summary>
    public ServingTime()
    {
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, End), PosixSignalRegistration.Create(PosixSignal.SIGTERM, End)];
        new Thread(ReadInput) { IsBackground = true, Name = "Standard input" }.Start();
    }

    /// <summary>Called when it is ready to serve: whether somebody holds the input is decided here.</summary>
    public void Begin() => _inputIsHeld = !_inputEnded.Wait(TimeToSeeTheEnd);

    /// <summary>Waits for the end.</summary>
    public void WaitForEnd()
    {
        if (_inputIsHeld) WaitHandle.WaitAny([_ended.WaitHandle, _inputEnded.WaitHandle]);
        else _ended.Wait();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }
    }

    private void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _ended.Set();
    }

    private void ReadInput()
    {
        byte[] buffer = new byte[256];
        using Stream input = Console.OpenStandardInput();
        while (input.Read(buffer, 0, buffer.Length) > 0)
        {
            // What is typed means nothing here; only its end does.
        }

        _inputEnded.Set();
    }
}
