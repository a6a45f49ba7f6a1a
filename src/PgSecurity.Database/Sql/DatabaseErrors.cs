using System;
using System.IO;
using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace PgSecurity.Database.Sql;

/// <summary>Says what the driver's exceptions mean. Only the server's own message and code are repeated, never a statement or a detail.</summary>
internal static class DatabaseErrors
{
    /// <summary>Whether an exception is one that <see cref="Of"/> explains.</summary>
    public static bool Explains(Exception exception) =>
        exception is NpgsqlException or SocketException or IOException or TimeoutException or AuthenticationException;

    /// <summary>The explanation.</summary>
    public static DatabaseException Of(Exception exception, DatabaseTarget target, string database)
    {
        string where = $"{target} (database {database})";
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case PostgresException refused:
                    return OfServer(refused, where, target);
                case AuthenticationException:
                    return new DatabaseException(
                        DatabaseFailure.Untrusted,
                        $"{where}: the TLS connection was not made: the certificate is not trusted, does not bear this name or has expired, or no TLS version is common to both.",
                        "Test-PgTlsConnection says which. Name the roots with -RootCertificate; verification cannot be turned off.");
                case SocketException socket:
                    return new DatabaseException(
                        DatabaseFailure.Unreachable, $"{where}: {socket.SocketErrorCode}.", "Check name, port, firewall rules, and whether the server is running.");
                case TimeoutException:
                    return new DatabaseException(DatabaseFailure.Timeout, $"{where}: no answer in time.", "Try again, or when the server is less busy.");
            }
        }

        bool noTls = exception.Message.IndexOf("No SSL enabled", StringComparison.Ordinal) >= 0;
        return noTls
            ? new DatabaseException(DatabaseFailure.Untrusted, $"{where}: the server offers no TLS.", "Turn TLS on; PgSecurity sends no password without it.")
            : new DatabaseException(DatabaseFailure.Unreachable, $"{where}: {exception.Message}", "Check that it is a PostgreSQL server and is running.");
    }

    /// <summary>A file of roots that is not there.</summary>
    public static DatabaseException MissingRoots(DatabaseTarget target) => new(
        DatabaseFailure.Untrusted, $"{target}: there is no file of root certificates '{target.RootCertificates}'.", "Give the path of a PEM file.");

    private static DatabaseException OfServer(PostgresException refused, string where, DatabaseTarget target)
    {
        string message = $"{where}: {refused.SqlState}: {SecretText.Mask(refused.MessageText)}.";
        return refused.SqlState switch
        {
            "28P01" or "28000" => new DatabaseException(
                DatabaseFailure.Login, message, $"Check the role {target.UserName} and its password or token; a token ends after about an hour.", refused.SqlState),
            "42501" => new DatabaseException(
                DatabaseFailure.Permission, message, "Grant pg_monitor and CONNECT; docs/guides/database.md lists what each check needs.", refused.SqlState),
            "57014" or "55P03" => new DatabaseException(
                DatabaseFailure.Timeout, message, "Try again when the server is less busy.", refused.SqlState),
            "3D000" => new DatabaseException(DatabaseFailure.Statement, message, "Check the name of the database.", refused.SqlState),
            // The session lives on: it is the server that could not connect to another one, as a foreign data wrapper does.
            _ when refused.SqlState.StartsWith("08", StringComparison.Ordinal) && refused.InvariantSeverity == "ERROR" => new DatabaseException(
                DatabaseFailure.Statement, message, "The server itself connects there: check name, port and login of the foreign server, and what the server may reach.", refused.SqlState),
            _ when refused.SqlState.StartsWith("08", StringComparison.Ordinal) || refused.SqlState.StartsWith("57P", StringComparison.Ordinal) =>
                new DatabaseException(DatabaseFailure.Unreachable, message, "Try again when the server is up.", refused.SqlState),
            _ => new DatabaseException(DatabaseFailure.Statement, message, "", refused.SqlState),
        };
    }
}
