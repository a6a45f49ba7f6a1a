using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Database.Tls.Wire;

/// <summary>What a server says to the beginning of a session: what it wants as proof, or an error.</summary>
internal sealed record StartupAnswer
{
    private const int LongestMessage = 64 * 1024;

    /// <summary>The method that it asks for, in words; empty where it answers with an error.</summary>
    public string Method { get; init; } = "";

    /// <summary>The SASL mechanisms offered.</summary>
    public IReadOnlyList<string> Mechanisms { get; init; } = Array.Empty<string>();

    /// <summary>The SQLSTATE of the error; empty where it asks for proof.</summary>
    public string ErrorCode { get; init; } = "";

    /// <summary>Why nothing is known.</summary>
    public string Failure { get; init; } = "";

    /// <summary>Whether the server goes on to a log-in.</summary>
    public bool AsksForProof => Method.Length > 0;

    /// <summary>Reads the answer from a stream.</summary>
    public static async Task<StartupAnswer> ReadAsync(Stream stream, CancellationToken limit)
    {
        byte[] head = await ReadAsync(stream, 5, limit).ConfigureAwait(false);
        int length = (head[1] << 24) | (head[2] << 16) | (head[3] << 8) | head[4];
        if (head[0] is not ((byte)'R' or (byte)'E' or (byte)'v') || length is < 4 or > LongestMessage)
        {
            throw new WireException(WireFailure.Garbage, "the answer is not PostgreSQL's");
        }

        byte[] body = await ReadAsync(stream, length - 4, limit).ConfigureAwait(false);
        return head[0] switch
        {
            (byte)'R' => Request(body),
            (byte)'E' => new StartupAnswer { ErrorCode = CodeOf(body) },
            _ => await ReadAsync(stream, limit).ConfigureAwait(false),
        };
    }

    private static StartupAnswer Request(byte[] body)
    {
        if (body.Length < 4) throw new WireException(WireFailure.Garbage, "the answer is not PostgreSQL's");
        int kind = (body[0] << 24) | (body[1] << 16) | (body[2] << 8) | body[3];
        if (kind != 10) return new StartupAnswer { Method = NameOf(kind) };

        string[] mechanisms = Encoding.ASCII.GetString(body, 4, body.Length - 4).Split(new[] { '\0' }, StringSplitOptions.RemoveEmptyEntries);
        return new StartupAnswer { Method = mechanisms.FirstOrDefault(name => !name.EndsWith("-PLUS", StringComparison.Ordinal)) ?? "SASL", Mechanisms = mechanisms };
    }

    private static string NameOf(int kind) => kind switch
    {
        0 => "None",
        2 => "Kerberos",
        3 => "ClearText",
        5 => "MD5",
        7 => "GSSAPI",
        9 => "SSPI",
        _ => $"method {kind}",
    };

    private static string CodeOf(byte[] body)
    {
        string? code = Encoding.ASCII.GetString(body).Split('\0').FirstOrDefault(field => field.Length == 6 && field[0] == 'C');
        return code is null ? "?????" : code.Substring(1);
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int count, CancellationToken limit)
    {
        byte[] bytes = new byte[count];
        int have = 0;
        while (have < count)
        {
            int read = await stream.ReadAsync(bytes, have, count - have, limit).ConfigureAwait(false);
            if (read == 0) throw new WireException(WireFailure.Closed, "the server ended the connection");
            have += read;
        }

        return bytes;
    }
}
