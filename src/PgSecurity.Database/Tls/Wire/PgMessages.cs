using System;
using System.Collections.Generic;
using System.Text;

namespace PgSecurity.Database.Tls.Wire;

/// <summary>The first messages of PostgreSQL's protocol (its documentation, "Message Formats").</summary>
internal static class PgMessages
{
    /// <summary>Asks for TLS; one byte answers it.</summary>
    public static byte[] SslRequest { get; } = { 0, 0, 0, 8, 4, 210, 22, 47 };

    /// <summary>Asks for encryption by GSSAPI; one byte answers it.</summary>
    public static byte[] GssRequest { get; } = { 0, 0, 0, 8, 4, 210, 22, 48 };

    /// <summary>Ends a session.</summary>
    public static byte[] Terminate { get; } = { (byte)'X', 0, 0, 0, 4 };

    /// <summary>Begins a session of protocol 3.0, which the server answers with what it wants as proof.</summary>
    public static byte[] Startup(string user, string database)
    {
        List<byte> body = new() { 0, 3, 0, 0 };
        foreach (string text in new[] { "user", user, "database", database, "application_name", "PgSecurity TLS probe" })
        {
            body.AddRange(Encoding.UTF8.GetBytes(text));
            body.Add(0);
        }

        body.Add(0);
        int length = body.Count + 4;
        List<byte> message = new() { (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length };
        message.AddRange(body);
        return message.ToArray();
    }
}
