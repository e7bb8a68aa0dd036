using System.Xml.Linq;
using EsockdNetty.Benchmarks.Running;

namespace EsockdNetty.Benchmarks.Reporting;

/// <summary>Bars of ratios, grouped by workload, each with its interval; where nothing is compared, of the figures as shares of the largest.</summary>
internal static class SvgChart
{
    private const int Left = 330;
    private const int BarsWidth = 520;
    private const int BarHeight = 16;
    private const int Gap = 14;
    private const int Top = 56;
    private const int Width = Left + BarsWidth + 150;
    private const double MostShown = 4;

    // Mid tones: to be told apart, and from a white ground as from a black one.
    private static readonly string[] Colors = ["#7a8594", "#2f81f7", "#2da44e", "#bf8700", "#d1567c", "#8b63d6", "#1b9e9e", "#b5651d"];

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string Write(Results results)
    {
        Dictionary<string, string> colors = ColorsOf(results.Rows);
        var chart = new XElement(Svg + "g");
        int y = Top;
        foreach (IGrouping<Workload, Row> group in results.Rows.GroupBy(static row => row.Workload))
        {
            double scale = ScaleOf(group);
            chart.Add(Text(10, y + 12, group.Key.Title, "name"));
            foreach (Row row in group)
            {
                chart.Add(Bar(row, y, scale, colors[row.Subject]));
                y += BarHeight;
            }

            y += Gap;
        }

        return new XDocument(new XDeclaration("1.0", "utf-8", null), Root(chart, y, results)).ToString() + "\n";
    }

    private static XElement Root(XElement chart, int height, Results results) => new(
        Svg + "svg",
        new XAttribute("viewBox", $"0 0 {Width} {height + 30}"),
        new XAttribute("width", Width),
        new XAttribute("height", height + 30),
        new XAttribute("role", "img"),
        new XElement(Svg + "title", "Server processor time a message, relative to a C epoll server"),
        new XElement(Svg + "style", Style),
        Text(10, 24, "Server processor time a message, relative to a C epoll server: less is better", "head"),
        Text(10, 42, results.Facts.ToString(), "note"),
        chart,
        Text(10, height + 16, "Whiskers: 90 % interval of the median. Idle connections: KB each. A dashed line is the budget.", "note"));

    // A reader's dark mode turns the text over; the bars stay.
    private static string Style =>
        "text{font:12px system-ui,sans-serif;fill:#1f2328}.head{font-size:15px;font-weight:600}.name{font-weight:600}.note{font-size:11px;fill:#59636e}"
        + ".whisker{stroke:#1f2328;stroke-width:1.5}.budget{stroke:#cf222e;stroke-width:1.5;stroke-dasharray:3 2}"
        + "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.note{fill:#9198a1}.whisker{stroke:#e6edf3}.budget{stroke:#ff7b72}}";

    private static XElement Bar(Row row, int y, double scale, string color)
    {
        Interval shown = Shown(row);
        double length = Math.Min(shown.Median * scale, BarsWidth);
        var bar = new XElement(
            Svg + "g",
            Rectangle(Left, y + 2, length, BarHeight - 4, color),
            Line(Left + (shown.Low * scale), y + (BarHeight / 2), Left + (shown.High * scale), "whisker"),
            Text(Left - 8, y + 12, row.Subject, "label", "end"),
            Text(Left + (int)Math.Min(Math.Max(length, shown.High * scale), BarsWidth) + 8, y + 12, Label(row, shown), "label"));
        if (row.Limit is { } limit)
            bar.Add(Upright(Left + (limit * scale), y, "budget"));
        return bar;
    }

    private static string Label(Row row, Interval shown) => row.Workload.Measure switch
    {
        Measure.Memory => $"{shown.Median:0.00} KB",
        _ => row.Ratio is null ? $"{shown.Median:0.000} µs" : $"{shown.Median:0.00}",
    };

    private static Interval Shown(Row row) => row.Ratio ?? row.Value ?? new Interval(0, 0, 0, Sure: false);

    // Ratios share a scale, so that groups can be compared; figures have one each.
    private static double ScaleOf(IEnumerable<Row> group)
    {
        if (group.Any(static row => row.Ratio is not null))
            return BarsWidth / MostShown;

        double most = group.Max(static row => Shown(row).Median);
        return most > 0 ? BarsWidth / most : 0;
    }

    private static Dictionary<string, string> ColorsOf(IEnumerable<Row> rows) =>
        rows.Select(static row => row.Subject).Distinct().Select(static (subject, index) => (subject, index))
            .ToDictionary(static pair => pair.subject, static pair => Colors[pair.index % Colors.Length]);

    private static XElement Text(int x, int y, string text, string kind, string anchor = "start") =>
        new(Svg + "text", new XAttribute("x", x), new XAttribute("y", y), new XAttribute("class", kind), new XAttribute("text-anchor", anchor), text);

    private static XElement Rectangle(int x, int y, double width, int height, string color) => new(
        Svg + "rect",
        new XAttribute("x", x),
        new XAttribute("y", y),
        new XAttribute("width", Number(width)),
        new XAttribute("height", height),
        new XAttribute("rx", 2),
        new XAttribute("fill", color));

    private static XElement Line(double from, int y, double to, string kind) => new(
        Svg + "line",
        new XAttribute("x1", Number(Inside(from))),
        new XAttribute("y1", y),
        new XAttribute("x2", Number(Inside(to))),
        new XAttribute("y2", y),
        new XAttribute("class", kind));

    private static XElement Upright(double x, int y, string kind) => new(
        Svg + "line",
        new XAttribute("x1", Number(Inside(x))),
        new XAttribute("y1", y),
        new XAttribute("x2", Number(Inside(x))),
        new XAttribute("y2", y + BarHeight),
        new XAttribute("class", kind));

    private static double Inside(double x) => Math.Clamp(x, Left, Left + BarsWidth);

    private static string Number(double number) => double.IsFinite(number) ? $"{number:0.#}" : "0";
}
