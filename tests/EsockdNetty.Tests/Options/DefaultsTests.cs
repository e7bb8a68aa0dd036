using System.Reflection;

namespace EsockdNetty.Tests.Options;

/// <summary>Every protection is on unless somebody switched it off: a new option with a null or a zero has to stand here with its reason.</summary>
public sealed class DefaultsTests
{
    // What is null or zero by default, and why no protection is missing for it.
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["SocketServerOptions.Loops"] = "one per processor",
        ["SocketServerOptions.MeterFactory"] = "the server makes its meter",
        ["SocketServerOptions.BufferBudget"] = "half the memory limit",
        ["SocketServerOptions.MaxConnections"] = "computed from descriptors and memory",
        ["AlarmOptions.Connections"] = "a word to the operator, no protection",
        ["OverloadOptions.Reason"] = "the application's own word",
        ["DrainOptions.Progress"] = "nobody watches",
        ["DrainOptions.Spread"] = "80 % of the deadline",
        ["LimitOptions.MaxConnections"] = "the server's limit holds",
        ["LimitOptions.Rate"] = "a policy",
        ["LimitOptions.RateLimiter"] = "a policy",
        ["TrafficOptions.Bytes"] = "a policy",
        ["TrafficOptions.BytesPerConnection"] = "a policy",
        ["TrafficOptions.Messages"] = "a policy",
        ["TrafficOptions.MessagesPerConnection"] = "a policy",
        ["LimitOptions.MaxPending"] = "a quarter of the connections",
        ["PerAddressOptions.MaxConnections"] = "a policy: how many clients stand behind one address nobody knows here",
        ["PerAddressOptions.Rate"] = "a policy",
        ["BanOptions.BadFraming"] = "a policy: bans are off",
        ["BanOptions.FailedHandshake"] = "a policy: bans are off",
        ["BanOptions.Denied"] = "a policy: bans are off",
        ["BanOptions.RateExceeded"] = "a policy: bans are off",
        ["SocketOptions.ReceiveBufferSize"] = "the system's",
        ["SocketOptions.SendBufferSize"] = "the system's",
        ["SocketOptions.KeepAliveIdle"] = "the system's",
        ["SocketOptions.KeepAliveInterval"] = "the system's",
        ["SocketOptions.KeepAliveCount"] = "the system's",
        ["SocketOptions.UserTimeout"] = "the system's; the send timeout judges the peer",
        ["SocketOptions.Linger"] = "our own close has its bounds",
        ["SocketOptions.DeferAccept"] = "pending connections are bounded",
        ["SocketOptions.QuickAck"] = "the system's",
        ["SocketOptions.FastOpen"] = "none",
        ["SocketServerOptions.CustomTransport"] = "the system's",
        ["ListenerOptions.OnListening"] = "nobody is told",
        ["SocketOptions.V6Only"] = "clients of both, as the system's dual stack does",
        ["SocketOptions.Ttl"] = "the system's",
        ["SocketOptions.Tos"] = "the system's",
        ["SocketOptions.AllowHalfClosure"] = "by session or pipeline",
        ["TlsOptions.Certificate"] = "an ssl listener does not open without",
        ["TlsOptions.ClientAuthorities"] = "the machine's authorities",
        ["TlsOptions.ClientValidation"] = "the chain must be without fault",
    };

    private static readonly Type[] OptionTypes =
        [.. typeof(SocketServer).Assembly.GetExportedTypes().Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.IsClass)];

    public static TheoryData<string> Options => [.. OptionTypes.SelectMany(ScalarsOf).Select(PathOf)];

    [Fact]
    public void The_options_are_found() => Assert.True(OptionTypes.Length >= 6, string.Join(' ', OptionTypes.Select(type => type.Name)));

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_is_neither_null_nor_zero_without_a_reason(string path)
    {
        PropertyInfo option = OptionTypes.SelectMany(ScalarsOf).Single(property => PathOf(property) == path);

        object? value = option.GetValue(NewOf(option.DeclaringType!));

        Assert.True(!IsNothing(value) || Allowed.ContainsKey(path), $"{path} is {value ?? "null"} by default: give it a bound, or a reason in the list above.");
    }

    [Fact]
    public void No_reason_is_given_for_nothing() => Assert.Empty(Allowed.Keys.Except(OptionTypes.SelectMany(ScalarsOf).Where(IsNothingByDefault).Select(PathOf)));

    [Theory]
    [InlineData("MaxFrame", 1024 * 1024)]
    [InlineData("MaxPendingWriteBytes", 4 * 1024 * 1024)]
    [InlineData("WriteHighWaterMark", 64 * 1024)]
    [InlineData("WriteLowWaterMark", 32 * 1024)]
    public void The_limits_are_those_that_are_promised(string option, int expected) =>
        Assert.Equal(expected, typeof(LimitOptions).GetProperty(option)!.GetValue(new LimitOptions()));

    [Fact]
    public void The_times_are_those_that_are_promised()
    {
        var timeouts = new TimeoutOptions();

        Assert.Equal((120, 10, 10, 30), (timeouts.Idle!.Value.TotalSeconds, timeouts.Frame!.Value.TotalSeconds, timeouts.Handshake.TotalSeconds, timeouts.Send!.Value.TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(10), new SocketServerOptions().DrainTimeout);
        Assert.Equal((1024, true), (new SocketOptions().Backlog, new SocketOptions().NoDelay));
    }

    private static IEnumerable<PropertyInfo> ScalarsOf(Type type) =>
        type.GetProperties().Where(property => property.DeclaringType == type && property.SetMethod is { IsPublic: true } && property.PropertyType != typeof(bool) && !property.PropertyType.IsEnum);

    private static string PathOf(PropertyInfo property) => $"{property.DeclaringType!.Name}.{property.Name}";

    private static bool IsNothingByDefault(PropertyInfo property) => IsNothing(property.GetValue(NewOf(property.DeclaringType!)));

    private static object NewOf(Type type) => type.IsAssignableFrom(typeof(ListenerOptions)) ? new ListenerOptions("a", "tcp://127.0.0.1:0") : Activator.CreateInstance(type)!;

    private static bool IsNothing(object? value) => value switch
    {
        null => true,
        int number => number == 0,
        long number => number == 0,
        TimeSpan time => time == TimeSpan.Zero,
        _ => false,
    };
}
