namespace DotNetty.Compatibility.Tests.Surface;

public sealed class ContractReaderTests
{
    [Fact]
    public void Reads_a_type_with_bases_and_constraints()
    {
        var type = ReadOne("public sealed class Outer<TKey>.Inner<T> : Far.Away.Base<T>, IThing where TKey : class where T : IThing, new()");

        Assert.Equal("X.Y.Inner`1", type.Key);
        Assert.Equal("X.Y.Inner<T>", type.FullName);
        Assert.Equal(["Base<!1>", "IThing"], type.Bases);
        Assert.Equal("!0 : class; !1 : IThing, new()", type.Constraints);
        Assert.True(type is { Kind: "class", IsSealed: true, IsAbstract: false });
    }

    [Fact]
    public void Reads_a_method_with_type_parameters_and_defaults()
    {
        var method = ReadOne("public class Pool<T>", "protected virtual T[] X.Y.Pool<T>.Take<A>(this Func<T, A> how, out long? left, int[] most = null, bool now = false) where A : class").Members[0];

        Assert.Equal(("Take", 1, "!0[]", Dispatch.Virtual, true), (method.Name, method.Arity, method.Type, method.Dispatch, method.IsProtected));
        Assert.Equal(["Func<!0, !!0>", "out long?", "int[]", "bool"], method.Parameters.Select(p => p.Type));
        Assert.Equal([null, null, "null", "false"], method.Parameters.Select(p => p.Default));
        Assert.True(method.Parameters[0].IsThis);
        Assert.Equal("!!0 : class", method.Constraints);
    }

    [Theory]
    [InlineData("public int Pool.this[int index] { get; }", MemberKind.Property, "this", true, false)]
    [InlineData("public static bool Enabled { get; set; }", MemberKind.Property, "Enabled", true, true)]
    [InlineData("protected readonly int Pool.most", MemberKind.Field, "most", true, false)]
    [InlineData("public static IThing Any", MemberKind.Field, "Any", true, true)]
    [InlineData("public const char Comma = '\\u002c'", MemberKind.Field, "Comma", true, false)]
    [InlineData("public Pool.ctor(params int[] sizes)", MemberKind.Constructor, "ctor", false, false)]
    [InlineData("public static Pool Pool.op_Implicit(int size)", MemberKind.Method, "op_Implicit", false, false)]
    internal void Tells_the_kinds_of_members_apart(string line, MemberKind kind, string name, bool canRead, bool canWrite)
    {
        var member = ReadOne("public class Pool", line).Members[0];

        Assert.Equal((kind, name, canRead, canWrite), (member.Kind, member.Name, member.CanRead, member.CanWrite));
    }

    [Theory]
    [InlineData("public volatile int Pool.size")]
    [InlineData("public int Pool.Take(int* where)")]
    [InlineData("public int Pool.Size { get; init; }")]
    [InlineData("public int Pool.Take(int size) and more")]
    public void Refuses_a_line_it_does_not_understand(string line)
    {
        Assert.Throws<FormatException>(() => ReadOne("public class Pool", line));
    }

    private static ApiType ReadOne(string type, params string[] members)
    {
        string text = string.Join('\n', ["# assembly X", "namespace X.Y", "  " + type, .. members.Select(m => "    " + m)]);
        return Assert.Single(ContractReader.Read(new StringReader(text)));
    }
}
