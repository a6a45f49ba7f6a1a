using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Database.Tls.Wire;

namespace PgSecurity.Database.Tls.Probing;

/// <summary>The questions that are put to one server, each on a connection of its own, few at a time.</summary>
internal sealed class Questions : IDisposable
{
    private readonly ProbeTarget _target;
    private readonly ProbeOptions _options;
    private readonly SemaphoreSlim _places;
    private readonly CancellationToken _stop;

    public Questions(ProbeTarget target, ProbeOptions options, CancellationToken stop)
    {
        _target = target;
        _options = options;
        _stop = stop;
        _places = new SemaphoreSlim(Math.Max(1, options.Connections));
    }

    /// <summary>What is at the address, by its answer to the request for TLS.</summary>
    public Task<(TlsEndpointState State, string Detail)> StateAsync() => OnWireAsync(async wire =>
    {
        await wire.SendAsync(PgMessages.SslRequest).ConfigureAwait(false);
        byte[] answer = await wire.ReceiveSomeAsync(1).ConfigureAwait(false);
        if (answer.Length == 0) return (TlsEndpointState.Closed, "the server ends the connection when it is asked for TLS");
        return answer[0] switch
        {
            (byte)'S' => (TlsEndpointState.Tls, "PostgreSQL with TLS"),
            (byte)'N' => (TlsEndpointState.NoTls, "PostgreSQL answers that it has no TLS"),
            _ => Stranger(answer[0], await RestAsync(wire).ConfigureAwait(false)),
        };
    });

    /// <summary>What the server says to a hello, after the request for TLS or without it.</summary>
    public async Task<HelloAnswer> HelloAsync(ClientHello hello, bool withCertificates = false, bool isDirect = false)
    {
        try
        {
            return await OnWireAsync(async wire =>
            {
                if (!isDirect) await RequestTlsAsync(wire).ConfigureAwait(false);
                await wire.SendAsync(hello.ToBytes()).ConfigureAwait(false);
                return await new HandshakeReader(wire).ReadAsync(withCertificates).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
        catch (WireException failure)
        {
            return new HelloAnswer { Failure = failure };
        }
    }

    /// <summary>What the server says to the beginning of a session without TLS.</summary>
    public async Task<StartupAnswer> PlainStartupAsync()
    {
        try
        {
            return await OnWireAsync(async wire =>
            {
                await wire.SendAsync(PgMessages.Startup(_options.UserName, _options.Database)).ConfigureAwait(false);
                try
                {
                    return await StartupAnswer.ReadAsync(wire.Stream, wire.Limit).ConfigureAwait(false);
                }
                catch (Exception failure)
                {
                    throw wire.Explain(failure);
                }
            }).ConfigureAwait(false);
        }
        catch (WireException failure)
        {
            return new StartupAnswer { Failure = failure.Message };
        }
    }

    /// <summary>What the server says to the request for encryption by GSSAPI: its byte, or why there is none.</summary>
    public async Task<(byte? Answer, string Failure)> GssAsync()
    {
        try
        {
            return await OnWireAsync(async wire =>
            {
                await wire.SendAsync(PgMessages.GssRequest).ConfigureAwait(false);
                return ((byte?)(await wire.ReceiveAsync(1).ConfigureAwait(false))[0], "");
            }).ConfigureAwait(false);
        }
        catch (WireException failure)
        {
            return (null, failure.Message);
        }
    }

    /// <summary>A handshake by this machine's TLS library.</summary>
    public async Task<HandshakeResult> HandshakeAsync(ushort? version, bool beginsLogIn)
    {
        try
        {
            return await OnWireAsync(async wire =>
            {
                await RequestTlsAsync(wire).ConfigureAwait(false);
                return await Handshake.RunAsync(wire, _target.ExpectedName, version, beginsLogIn ? _options : null).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
        catch (WireException failure)
        {
            return new HandshakeResult { Outcome = TlsOutcome.Unknown, Detail = failure.Message };
        }
    }

    /// <summary>A handshake without the request before it, and the protocol negotiated.</summary>
    public async Task<(HandshakeResult Result, string? Protocol)> DirectAsync(string protocol)
    {
        try
        {
            return await OnWireAsync(wire => Handshake.RunDirectAsync(wire, _target.ExpectedName, protocol)).ConfigureAwait(false);
        }
        catch (WireException failure)
        {
            return (new HandshakeResult { Outcome = TlsOutcome.Unknown, Detail = failure.Message }, null);
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<T> OnWireAsync<T>(Func<ServerConnection, Task<T>> ask)
    {
        await _places.WaitAsync(_stop).ConfigureAwait(false);
        try
        {
            using ServerConnection wire = await ServerConnection.ConnectAsync(_target.HostName, _target.Port, _options.Timeout, _stop).ConfigureAwait(false);
            return await ask(wire).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    private static async Task RequestTlsAsync(ServerConnection wire)
    {
        await wire.SendAsync(PgMessages.SslRequest).ConfigureAwait(false);
        byte answer = (await wire.ReceiveAsync(1).ConfigureAwait(false))[0];
        if (answer != (byte)'S') throw new WireException(WireFailure.Garbage, "the server did not agree to TLS as it had before");
    }

    private static async Task<byte[]> RestAsync(ServerConnection wire)
    {
        List<byte> bytes = new();
        try
        {
            while (bytes.Count < 64)
            {
                byte[] some = await wire.ReceiveSomeAsync(64).ConfigureAwait(false);
                if (some.Length == 0) break;
                bytes.AddRange(some);
            }
        }
        catch (WireException)
        {
            // What came until now is what is judged.
        }

        return bytes.ToArray();
    }

    /// <summary>Bytes of a stranger never reach a message: only what kind they are.</summary>
    private static (TlsEndpointState, string) Stranger(byte first, byte[] rest)
    {
        byte[] all = new byte[rest.Length + 1];
        all[0] = first;
        rest.CopyTo(all, 1);
        string text = Encoding.ASCII.GetString(all);
        if (text.StartsWith("HTTP/", StringComparison.Ordinal)) return (TlsEndpointState.NotPostgreSql, "a web server answers");
        if (text.StartsWith("SSH-", StringComparison.Ordinal)) return (TlsEndpointState.NotPostgreSql, "an SSH server answers");
        if (text.StartsWith("220", StringComparison.Ordinal)) return (TlsEndpointState.NotPostgreSql, "a mail or file server answers");
        if (text.StartsWith("-ERR", StringComparison.Ordinal)) return (TlsEndpointState.NotPostgreSql, "a server of another protocol answers with an error");
        if (all.Length > 2 && first is 0x15 or 0x16 && all[1] == 3) return (TlsEndpointState.NotPostgreSql, "a server that wants TLS at once answers: not PostgreSQL's protocol");
        if (all.Length > 5 && all[3] == 0 && all[4] == 10) return (TlsEndpointState.NotPostgreSql, "a MySQL server answers");
        if (first == (byte)'E' && IsError(all)) return (TlsEndpointState.Refused, "PostgreSQL answers the request for TLS with an error");
        if (Array.TrueForAll(all, value => value is >= 0x20 and < 0x7f or 0x0a or 0x0d or 0x09)) return (TlsEndpointState.NotPostgreSql, "a server of another protocol answers in text");
        return (TlsEndpointState.Garbage, FormattableString.Invariant($"the answer, which begins with byte 0x{first:x2}, is of no protocol that is known"));
    }

    /// <summary>An error of protocol 3 begins with its length and a field; one of protocol 2 is a text that ends with zero.</summary>
    private static bool IsError(byte[] all) =>
        all.Length > 6 && all[1] == 0 && all[5] is (byte)'S' or (byte)'V'
        || all.Length > 4 && all[1] is >= 0x20 and < 0x7f && Array.IndexOf(all, (byte)0) > 1;
}
