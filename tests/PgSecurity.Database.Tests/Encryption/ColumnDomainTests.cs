using System;
using System.Threading.Tasks;
using Npgsql;
using PgSecurity.Database.Encryption;
using PgSecurity.Database.Tests.Tls.Lab;
using Xunit;

namespace PgSecurity.Database.Tests.Encryption;

/// <summary>The domains on a real server: what is protected goes in and comes out, plain text does not go in.</summary>
public sealed class ColumnDomainTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Plain_text_is_kept_out(bool isText)
    {
        server.Restart(null, rules: "host all all 127.0.0.1/32 trust\n");
        await using NpgsqlConnection connection = new($"Host=127.0.0.1;Port={server.Port};Username=lab;Database=postgres;Pooling=false;SSL Mode=Disable");
        await connection.OpenAsync();
        string name = isText ? "protected\"text" : "protected_bytes";
        await ExecuteAsync(connection, ColumnDomain.Create("public", name, isText));
        await ExecuteAsync(connection, $"CREATE TABLE {(isText ? "t" : "b")} (v public.{PgSecurity.Database.Sql.SqlName.Quote(name)})");
        string insert = $"INSERT INTO {(isText ? "t" : "b")} VALUES ($1)";

        using DataKey key = DataKey.Create("a.b");
        foreach (string plain in new[] { "", "x", new string('x', 300) })
        {
            byte[] good = ProtectedValue.Protect(System.Text.Encoding.UTF8.GetBytes(plain), ValueKind.Text, key, null);
            await ExecuteAsync(connection, insert, isText ? Convert.ToBase64String(good) : good);
            PostgresException refused = await Assert.ThrowsAsync<PostgresException>(
                () => ExecuteAsync(connection, insert, isText ? plain : System.Text.Encoding.UTF8.GetBytes(plain)));
            Assert.Equal("23514", refused.SqlState);
        }

        await ExecuteAsync(connection, insert, DBNull.Value);
        await using NpgsqlCommand read = new($"SELECT v FROM {(isText ? "t" : "b")} WHERE v IS NOT NULL", connection);
        object stored = (await read.ExecuteScalarAsync())!;
        Assert.Empty(ProtectedValue.Unprotect(stored as byte[] ?? Convert.FromBase64String((string)stored), [key], null).Value);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, object? value = null)
    {
        await using NpgsqlCommand command = new(sql, connection);
        if (value is not null) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
