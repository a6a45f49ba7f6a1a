using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace PgSecurity.Core.Expressions;

/// <summary>
/// Reads the language of ARM template expressions: function calls, strings in single quotes with <c>''</c> for a quote,
/// numbers, member access by <c>.name</c> and <c>[index]</c>.
/// </summary>
public static class ExpressionParser
{
    /// <summary>The depth of nesting beyond which an expression is refused (Azure Policy allows 64).</summary>
    public const int MaximumDepth = 128;

    /// <summary>The length beyond which an expression is refused (as Azure Policy has it), in characters.</summary>
    public const int MaximumLength = 81920;

    /// <summary>
    /// Reads a JSON string: <c>[…]</c> as an expression, anything else as the text that it is (<c>[[a]</c> is <c>[a]</c>).
    /// </summary>
    /// <exception cref="ExpressionException">The text within the brackets is not an expression, or names a function that there is not.</exception>
    public static ExpressionNode Parse(string text)
    {
        if (!ExpressionText.IsExpression(text)) return new LiteralNode(ExpressionValue.From(ExpressionText.Unescape(text)));
        if (text.Length > MaximumLength)
        {
            throw new ExpressionException($"The expression is longer than {MaximumLength} characters.", MaximumLength);
        }

        return new Reader(text).ReadWhole();
    }

    private sealed class Reader(string text)
    {
        private readonly int _end = text.Length - 1;
        private int _at = 1;
        private int _depth;

        public ExpressionNode ReadWhole()
        {
            ExpressionNode node = ReadExpression();
            SkipSpace();
            if (_at != _end) throw Expected("the end of the expression, '.', or '['");
            return node;
        }

        private ExpressionNode ReadExpression()
        {
            if (++_depth > MaximumDepth)
            {
                throw new ExpressionException($"The expression is nested deeper than {MaximumDepth} levels.", _at);
            }

            ExpressionNode node = ReadPrimary();
            while (true)
            {
                SkipSpace();
                int position = _at;
                if (Take('.'))
                {
                    SkipSpace();
                    node = new MemberNode(node, new LiteralNode(ExpressionValue.From(ReadName("a member's name")), position), position);
                }
                else if (Take('['))
                {
                    ExpressionNode member = ReadExpression();
                    SkipSpace();
                    if (!Take(']')) throw Expected("']'");
                    node = new MemberNode(node, member, position);
                }
                else
                {
                    _depth--;
                    return node;
                }
            }
        }

        private ExpressionNode ReadPrimary()
        {
            SkipSpace();
            if (_at >= _end) throw Expected("a function call, a string in single quotes, or a number");
            char c = text[_at];
            if (c == '\'') return ReadString();
            if (c is '-' or '+' or (>= '0' and <= '9')) return ReadNumber();
            if (IsNameStart(c)) return ReadCall();
            throw Expected("a function call, a string in single quotes, or a number");
        }

        private LiteralNode ReadString()
        {
            int start = _at++;
            StringBuilder content = new();
            while (_at < _end)
            {
                char c = text[_at++];
                if (c != '\'')
                {
                    content.Append(c);
                }
                else if (_at < _end && text[_at] == '\'')
                {
                    content.Append(c);
                    _at++;
                }
                else
                {
                    return new LiteralNode(ExpressionValue.From(content.ToString()), start);
                }
            }

            throw new ExpressionException(
                $"The string that begins at position {At(start)} has no closing single quote.", start);
        }

        private LiteralNode ReadNumber()
        {
            int start = _at++;
            while (_at < _end && (text[_at] is (>= '0' and <= '9') or '.' or 'e' or 'E'
                || (text[_at] is '-' or '+' && text[_at - 1] is 'e' or 'E')))
            {
                _at++;
            }

            string number = text.Substring(start, _at - start);
            if (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
            {
                return new LiteralNode(ExpressionValue.From(whole), start);
            }

            const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
            if (double.TryParse(number, Decimal, CultureInfo.InvariantCulture, out double real)
                && !double.IsInfinity(real)
                && !double.IsNaN(real))
            {
                return new LiteralNode(ExpressionValue.From(real), start);
            }

            throw new ExpressionException($"At position {At(start)}, '{number}' is not a number.", start);
        }

        private ExpressionNode ReadCall()
        {
            int start = _at;
            string name = ReadName("a function's name");
            SkipSpace();
            if (_at < _end && text[_at] == '.')
            {
                _at++;
                SkipSpace();
                name += "." + ReadName("the name of a function of your own");
                SkipSpace();
            }

            if (!Take('('))
            {
                throw new ExpressionException(
                    $"At position {At(start)}, '{name}' is neither a function call (expected '(' after it) nor a string "
                    + "(expected single quotes around it).",
                    start);
            }

            List<ExpressionNode> arguments = new();
            SkipSpace();
            if (!Take(')'))
            {
                do
                {
                    arguments.Add(ReadExpression());
                    SkipSpace();
                }
                while (Take(','));
                if (!Take(')')) throw Expected("',' or ')'");
            }

            return Bind(name, arguments.ToArray(), start);
        }

        private static ExpressionNode Bind(string name, ExpressionNode[] arguments, int start)
        {
            if (string.Equals(name, "lambda", StringComparison.OrdinalIgnoreCase)) return BindLambda(arguments, start);
            if (!StandardFunctions.TryGet(name, out ExpressionFunction? function))
            {
                return ScopeFunctions.IsKnown(name)
                    ? new FunctionCallNode(name, null, arguments, start)
                    : throw new ExpressionException(UnknownFunction(name, start), start);
            }

            if (arguments.Length < function!.MinimumArguments || arguments.Length > function.MaximumArguments)
            {
                throw new ExpressionException(
                    $"At position {At(start)}, the function '{function.Name}' has {arguments.Length} argument(s); "
                    + $"it takes {Takes(function)}.",
                    start);
            }

            return new FunctionCallNode(name, function, arguments, start);
        }

        private static LambdaNode BindLambda(ExpressionNode[] arguments, int start)
        {
            string[] names = new string[Math.Max(0, arguments.Length - 1)];
            for (int i = 0; i < names.Length; i++)
            {
                if (arguments[i] is not LiteralNode { Value.Kind: ExpressionKind.String } name)
                {
                    throw new ExpressionException(
                        $"At position {At(arguments[i].Position)}, an argument of 'lambda' is not a name in single quotes.",
                        arguments[i].Position);
                }

                names[i] = name.Value.Text;
            }

            return arguments.Length > 0
                ? new LambdaNode(names, arguments[arguments.Length - 1], start)
                : throw new ExpressionException($"At position {At(start)}, 'lambda' has no body.", start);
        }

        private static string Takes(ExpressionFunction function) =>
            function.MaximumArguments == int.MaxValue ? $"{function.MinimumArguments} or more"
            : function.MinimumArguments == function.MaximumArguments ? $"{function.MinimumArguments}"
            : $"{function.MinimumArguments} to {function.MaximumArguments}";

        private static string UnknownFunction(string name, int start) =>
            $"At position {At(start)}, there is no function '{name}'. Valid are: "
            + string.Join(", ", StandardFunctions.NamesAndScope()) + ".";

        private string ReadName(string what)
        {
            int start = _at;
            if (_at >= _end || !IsNameStart(text[_at])) throw Expected(what);
            while (_at < _end && (IsNameStart(text[_at]) || text[_at] is >= '0' and <= '9'))
            {
                _at++;
            }

            return text.Substring(start, _at - start);
        }

        private bool Take(char c)
        {
            if (_at >= _end || text[_at] != c) return false;
            _at++;
            return true;
        }

        private void SkipSpace()
        {
            while (_at < _end && char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }
        }

        private ExpressionException Expected(string what) => new(
            _at >= _end
                ? $"The expression ends where {what} is expected."
                : $"At position {At(_at)}, '{text[_at]}' stands where {what} is expected.",
            _at);

        private static bool IsNameStart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' or '$';

        private static string At(int position) => position.ToString(CultureInfo.InvariantCulture);
    }
}
