using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;

namespace PgSecurity.Database.Sql;

/// <summary>
/// One connection to one database, by the rules that every session of the module keeps: TLS with the certificate and its
/// name verified, <c>search_path = pg_catalog</c>, limits on statements and locks, and read-only unless a repair asked for
/// more. Used by one thread at a time.
/// </summary>
public sealed class DatabaseSession : IAsyncDisposable
{
    private const string Application = "PgSecurity";

    private readonly NpgsqlConnection _connection;

    private DatabaseSession(NpgsqlConnection connection, DatabaseTarget target, string database)
    {
        _connection = connection;
        Target = target;
        Database = database;
    }

    /// <summary>The server.</summary>
    public DatabaseTarget Target { get; }

    /// <summary>The database.</summary>
    public string Database { get; }

    /// <summary>The server's version: 15.18 has major 15 and minor 18.</summary>
    public Version ServerVersion => _connection.PostgreSqlVersion;

    /// <summary>Opens a session.</summary>
    /// <exception cref="DatabaseException">The server cannot be reached, is not trusted or refuses the login.</exception>
    public static async Task<DatabaseSession> OpenAsync(
        DatabaseTarget target, string database, SessionAccess access = SessionAccess.Read, CancellationToken cancellation = default)
    {
        if (target.RootCertificates is string roots && !File.Exists(roots)) throw DatabaseErrors.MissingRoots(target);
        string password = await target.Password(cancellation).ConfigureAwait(false);
        NpgsqlConnection connection = new(ConnectionString(target, database, access, password));
        try
        {
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            return new DatabaseSession(connection, target, database);
        }
        catch (Exception exception) when (DatabaseErrors.Explains(exception))
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw DatabaseErrors.Of(exception, target, database);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// The rows of a query, each as a JSON object that the server makes, so that no type of a column can surprise the client.
    /// Hashes and tokens are covered (<see cref="SecretText"/>).
    /// </summary>
    /// <param name="query">A query without parameters; its columns must have names that differ.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DatabaseException">The server refuses it.</exception>
    public async Task<IReadOnlyList<JsonElement>> QueryAsync(string query, CancellationToken cancellation = default)
    {
        string wrapped = $"select pg_catalog.to_jsonb(q)::pg_catalog.text from (\n{query}\n) q";
        List<JsonElement> rows = new();
        await RunAsync(wrapped, async command =>
        {
            using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                using JsonDocument row = JsonDocument.Parse(SecretText.MaskHashes(reader.GetString(0)));
                rows.Add(row.RootElement.Clone());
            }
        }).ConfigureAwait(false);
        return rows;
    }

    /// <summary>The rows of a query, as a function reads them.</summary>
    /// <exception cref="DatabaseException">The server refuses it.</exception>
    internal async Task<IReadOnlyList<T>> ReadAsync<T>(string query, Func<System.Data.IDataRecord, T> row, CancellationToken cancellation)
    {
        List<T> rows = new();
        await RunAsync(query, async command =>
        {
            using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false)) rows.Add(row(reader));
        }).ConfigureAwait(false);
        return rows;
    }

    /// <summary>The first value of a query as text; null where there is no row or it is null.</summary>
    /// <param name="query">The query, with <c>$1</c>, <c>$2</c>, … for the values.</param>
    /// <param name="values">Texts for the places.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DatabaseException">The server refuses it.</exception>
    public async Task<string?> ScalarAsync(string query, IReadOnlyList<string>? values = null, CancellationToken cancellation = default)
    {
        object? result = null;
        await RunAsync(query, async command =>
        {
            foreach (string value in values ?? Array.Empty<string>())
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
            }

            result = await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return result is null or DBNull ? null : Convert.ToString(result, CultureInfo.InvariantCulture);
    }

    /// <summary>Runs statements in one transaction: all or none.</summary>
    /// <exception cref="DatabaseException">The server refuses one; nothing was changed.</exception>
    public async Task ExecuteAsync(IReadOnlyList<string> statements, CancellationToken cancellation = default)
    {
        try
        {
            using NpgsqlTransaction transaction = _connection.BeginTransaction();
            foreach (string statement in statements)
            {
                using NpgsqlCommand command = new(statement, _connection, transaction);
                await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (DatabaseErrors.Explains(exception))
        {
            throw DatabaseErrors.Of(exception, Target, Database);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task RunAsync(string text, Func<NpgsqlCommand, Task> run)
    {
        try
        {
            using NpgsqlCommand command = new(text, _connection);
            await run(command).ConfigureAwait(false);
        }
        catch (Exception exception) when (DatabaseErrors.Explains(exception))
        {
            throw DatabaseErrors.Of(exception, Target, Database);
        }
    }

    internal static string ConnectionString(DatabaseTarget target, string database, SessionAccess access, string password) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = target.Host,
            Port = target.Port,
            Database = database,
            Username = target.UserName,
            Password = password,
            SslMode = SslMode.VerifyFull,
            RootCertificate = TrustedRoots.FileFor(target),
            SearchPath = "pg_catalog",
            Options = Settings(target, access),
            Pooling = false,
            PersistSecurityInfo = false,
            IncludeErrorDetail = false,
            ApplicationName = Application,
            Timeout = Seconds(target.ConnectTimeout),
            CommandTimeout = Seconds(target.StatementTimeout) + 5,
        }.ConnectionString;

    private static string Settings(DatabaseTarget target, SessionAccess access) => string.Join(
        " ",
        $"-c default_transaction_read_only={(access == SessionAccess.Read ? "on" : "off")}",
        $"-c statement_timeout={Milliseconds(target.StatementTimeout)}",
        $"-c lock_timeout={Milliseconds(target.LockTimeout)}",
        $"-c idle_in_transaction_session_timeout={Milliseconds(TimeSpan.FromMinutes(1))}",
        "-c row_security=on");

    private static int Seconds(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));

    private static string Milliseconds(TimeSpan time) => Math.Max(1, (long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
