using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Xunit;

namespace Pipewright.Core.Tests.Expressions.Evaluation;

public sealed class XmlFunctionTests
{
    private const string Orders = """<orders><order id="1"><total>100</total></order><order id="2"><total>50.5</total></order></orders>""";

    public static TheoryData<string> Making => EvaluationTable.Rows("""
        xml('<a>1</a>') => {"$content-type":"application/xml;charset=utf-8","$content":"PGE+MTwvYT4="}
        string(xml('<a>1</a>')) => "<a>1</a>"
        concat('x', xml('<a>1</a>')) => "x<a>1</a>"
        string(xml('<?xml version="1.0"?><a/>')) => "<?xml version=\"1.0\"?><a/>"
        string(xml('<a>é</a>')) => "<a>é</a>"
        string(xml(xml('<a/>'))) => "<a/>"
        string(xml(binary('<a/>'))) => "<a/>"
        string(xml('<a>&lt;&amp;</a>')) => "<a>&lt;&amp;</a>"
        xml('') => error ArgumentValue at ''
        xml('text') => error ArgumentValue at 'text'
        xml('<a>') => error ArgumentValue at '<a>'
        xml('<a></b>') => error ArgumentValue
        xml('<a/><b/>') => error ArgumentValue
        xml('<a>&nbsp;</a>') => error ArgumentValue
        xml('<p:a/>') => error ArgumentValue
        xml('<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>') => error ArgumentValue
        xml('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>') => error ArgumentValue
        xml(null) => error ArgumentType at null
        xml(5) => error ArgumentType at 5
        xml(createArray('<a/>')) => error ArgumentType
        xml() => error ArgumentCount
        """);

    public static TheoryData<string> FromJson => EvaluationTable.Rows("""
        string(xml(json('{"a":1}'))) => "<a>1</a>"
        string(xml(json('{"a":"x"}'))) => "<a>x</a>"
        string(xml(json('{"a":true}'))) => "<a>true</a>"
        string(xml(json('{"a":1.5}'))) => "<a>1.5</a>"
        string(xml(json('{"a":null}'))) => "<a />"
        string(xml(json('{"a":""}'))) => "<a></a>"
        string(xml(json('{"a":{}}'))) => "<a />"
        string(xml(json('{"a":"<&>"}'))) => "<a>&lt;&amp;&gt;</a>"
        string(xml(json('{"a":{"b":"1","c":"2"}}'))) => "<a><b>1</b><c>2</c></a>"
        string(xml(json('{"a":{"b":["1","2"]}}'))) => "<a><b>1</b><b>2</b></a>"
        string(xml(json('{"a":{"b":[]}}'))) => "<a />"
        string(xml(json('{"a":{"b":[[1,2],[3]]}}'))) => "<a><b><b>1</b><b>2</b></b><b><b>3</b></b></a>"
        string(xml(json('{"a":{"@id":"7","#text":"x"}}'))) => "<a id=\"7\">x</a>"
        string(xml(json('{"a":{"b":1,"@id":7,"@ok":true,"@no":null}}'))) => "<a id=\"7\" ok=\"true\" no=\"\"><b>1</b></a>"
        string(xml(json('{"a":{"#text":["x","y"]}}'))) => "<a>xy</a>"
        string(xml(json('{"a":{"#cdata-section":"<x>"}}'))) => "<a><![CDATA[<x>]]></a>"
        string(xml(json('{"?xml":{"@version":"1.0","@encoding":"utf-8"},"a":1}'))) => "<?xml version=\"1.0\" encoding=\"utf-8\"?><a>1</a>"
        string(xml(json('{"a":{"@xmlns":"urn:x","b":1}}'))) => "<a xmlns=\"urn:x\"><b>1</b></a>"
        string(xml(json('{"p:a":{"@xmlns:p":"urn:x","p:b":{"@p:c":"1"}}}'))) => "<p:a xmlns:p=\"urn:x\"><p:b p:c=\"1\" /></p:a>"
        string(xml(json('{"a b":{"1":2}}'))) => "<a_x0020_b><_x0031_>2</_x0031_></a_x0020_b>"
        string(xml(json('{"a":["x"]}'))) => "<a>x</a>"
        string(xml(json('{"a":{"?pi":"x"}}'))) => "<a><?pi x?></a>"
        xml(json('{"a":1,"b":2}')) => error ArgumentValue at json('{"a":1,"b":2}')
        xml(json('{"a":[1,2]}')) => error ArgumentValue
        xml(json('{}')) => error ArgumentValue
        xml(json('{"@a":1}')) => error ArgumentValue
        xml(json('{"#text":"x"}')) => error ArgumentValue
        xml(json('{"":1}')) => error ArgumentValue
        xml(json('{"p:a":1}')) => error ArgumentValue
        xml(json('{"a":{"@b":{}}}')) => error ArgumentValue
        xml(json('{"a":"\u0001"}')) => error ArgumentValue
        """);

    public static TheoryData<string> ToJson => EvaluationTable.Rows("""
        json(xml('<a>x</a>')) => {"a":"x"}
        json(xml('<a>1</a>')) => {"a":"1"}
        json(xml('<a/>')) => {"a":null}
        json(xml('<a></a>')) => {"a":""}
        json(xml('<a><b>1</b><c>2</c></a>')) => {"a":{"b":"1","c":"2"}}
        json(xml('<a><b>1</b><c/><b>2</b></a>')) => {"a":{"b":["1","2"],"c":null}}
        json(xml('<a id="7"/>')) => {"a":{"@id":"7"}}
        json(xml('<a id="7">x</a>')) => {"a":{"@id":"7","#text":"x"}}
        json(xml('<a>x<b/>y</a>')) => {"a":{"#text":["x","y"],"b":null}}
        json(xml('<a><![CDATA[<x>]]></a>')) => {"a":{"#cdata-section":"<x>"}}
        json(xml('<a>x<!-- c --></a>')) => {"a":{"#text":"x"}}
        json(xml('<a> <b> x </b> </a>')) => {"a":{"b":" x "}}
        json(xml('<?xml version="1.0"?><a/>')) => {"?xml":{"@version":"1.0"},"a":null}
        json(xml('<?xml version="1.0" encoding="utf-8" standalone="yes"?><a/>')) => {"?xml":{"@version":"1.0","@encoding":"utf-8","@standalone":"yes"},"a":null}
        json(xml('<p:a xmlns:p="urn:x"><p:b>1</p:b></p:a>')) => {"p:a":{"@xmlns:p":"urn:x","p:b":"1"}}
        json(xml('<a_x0020_b>1</a_x0020_b>')) => {"a b":"1"}
        json(xml('<a>&lt;&#65;</a>')) => {"a":"<A"}
        json(xml('<?xml version="1.0"?> <root> <person id="1"> <name>Sophia</name> </person> <person id="2"/> </root>')).root.person[0].name => "Sophia"
        """);

    public static TheoryData<string> Finding => EvaluationTable.Rows($$$"""
        xpath(xml('{{{Orders}}}'), '/orders/order/total/text()') => ["100","50.5"]
        xpath(xml('{{{Orders}}}'), '//order/@id') => ["1","2"]
        xpath(xml('{{{Orders}}}'), '/orders/order[1]/@id') => ["1"]
        xpath(xml('{{{Orders}}}'), '/orders/customer') => []
        string(first(xpath(xml('{{{Orders}}}'), '/orders/order'))) => "<order id=\"1\"><total>100</total></order>"
        xpath(xml('<a>1</a>'), '/a') => [{"$content-type":"application/xml;charset=utf-8","$content":"PGE+MTwvYT4="}]
        length(xpath(xml('{{{Orders}}}'), '//*')) => 5
        xpath(first(xpath(xml('{{{Orders}}}'), '//order[@id=2]')), 'string(/order/total)') => "50.5"
        xpath(xml('{{{Orders}}}'), 'count(//order)') => 2
        xpath(xml('{{{Orders}}}'), 'sum(//total)') => 150.5
        xpath(xml('{{{Orders}}}'), 'number(//order[1]/total)') => 100
        xpath(xml('{{{Orders}}}'), 'number("x")') => "NaN"
        xpath(xml('{{{Orders}}}'), 'string(//order[2]/total)') => "50.5"
        xpath(xml('{{{Orders}}}'), 'boolean(//order)') => true
        xpath(xml('{{{Orders}}}'), 'not(//order)') => false
        xpath(xml('{{{Orders}}}'), 'concat("a", //order/@id)') => "a1"
        xpath(xml('<a xmlns="urn:x"><b>1</b></a>'), '//b') => []
        xpath(xml('<a xmlns="urn:x"><b>1</b></a>'), '//*[local-name()="b"]/text()') => ["1"]
        string(xpath(xml('<a><!--c--></a>'), '//comment()')[0]) => "<!--c-->"
        string(xpath(xml('<a><b/></a>'), '/')[0]) => "<a><b /></a>"
        xpath(xml(json('{"a":{"b":[1,2,3]}}')), 'sum(/a/b)') => 6
        xpath('<a/>', '/a') => error ArgumentType at '<a/>'
        xpath(json('{"a":1}'), '/a') => error ArgumentType
        xpath(null, '/a') => error ArgumentType at null
        xpath(xml('<a/>'), '') => error ArgumentValue at ''
        xpath(xml('<a/>'), '//[') => error ArgumentValue at '//['
        xpath(xml('<a/>'), 'p:a') => error ArgumentValue at 'p:a'
        xpath(xml('<a/>'), '$x') => error ArgumentValue at '$x'
        xpath(xml('<a/>'), 'nope()') => error ArgumentValue
        xpath(xml('<a/>'), 'document("file:///etc/passwd")') => error ArgumentValue
        xpath(xml('<a/>'), 1) => error ArgumentType at 1
        xpath(xml('<a/>')) => error ArgumentCount
        """);

    [Theory]
    [MemberData(nameof(Making))]
    public void Text_becomes_XML(string row) => EvaluationTable.Check(row);

    [Theory]
    [MemberData(nameof(FromJson))]
    public void An_object_becomes_XML(string row) => EvaluationTable.Check(row);

    [Theory]
    [MemberData(nameof(ToJson))]
    public void XML_becomes_an_object(string row) => EvaluationTable.Check(row);

    [Theory]
    [MemberData(nameof(Finding))]
    public void An_XPath_finds(string row) => EvaluationTable.Check(row);

    [Theory]
    [InlineData("xml", "<a>", "1", "</a>")]
    [InlineData("json", "[", "1", "]")]
    [InlineData("json", "{\"a\":", "1", "}")]
    public void What_is_nested_too_deeply_is_refused(string function, string open, string core, string close)
    {
        EvaluationTable.Check($"{function}(pipeline().parameters.text) => error ArgumentValue", Repeated(open, core, close, 100_000));
        EvaluationTable.Check($"empty({function}(pipeline().parameters.text)) => false", Repeated(open, core, close, 250));
    }

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("-", "1", "")]
    [InlineData("a[", "1", "]")]
    [InlineData("not(", "1", ")")]
    [InlineData("", "a", "/a")]
    [InlineData("", "1", "+1")]
    [InlineData("", "a", "|a")]
    [InlineData("", "a", "[1]")]
    public void An_XPath_of_any_size_gives_a_value_or_is_refused(string open, string core, string close)
    {
        var result = Evaluator.Evaluate(Template.Parse("@xpath(xml('<a/>'), pipeline().parameters.text)"), Repeated(open, core, close, 100_000));
        Assert.True(result.Error is null or { Code: EvaluationErrorCode.ArgumentValue }, result.Error?.Message);
    }

    private static EvaluationContext Repeated(string open, string core, string close, int count)
    {
        var text = string.Concat(Enumerable.Repeat(open, count)) + core + string.Concat(Enumerable.Repeat(close, count));
        return new EvaluationContext { Parameters = EvaluationContext.Empty.Add("text", new StringValue(text)) };
    }

    [Theory]
    [InlineData("""{"a":{"@id":"1","b":["x",null,{"@d":"2","c":""}],"#text":"t"}}""")]
    [InlineData("""{"?xml":{"@version":"1.0"},"p:a":{"@xmlns:p":"urn:x","p:b":"1"}}""")]
    [InlineData("""{"a b":{"c:d":{"@xmlns:c":"urn:c","#cdata-section":"<>"}}}""")]
    public void An_object_survives_the_way_to_XML_and_back(string json) => EvaluationTable.Check($"json(xml(json('{json}'))) => {json}");
}
